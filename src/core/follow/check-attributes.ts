import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'

/** Maximum number of attributes of one HTML or XML element (`docs/security.md`). */
const maxAttributes = 1_000

/**
 * Throws `too-complex` (details: name) if an element has more than 1,000 attributes. A parser that collects a million
 * attributes takes seconds. This check collects nothing and takes linear time. All other limits are checked by the
 * functions that read feeds, listings and OPML files.
 */
export function checkAttributes(markup: string, name: string): void {
  let count = 0
  const parser = new Parser({
    onopentagname() {
      count = 0
    },
    onattribute() {
      count += 1
      if (count > maxAttributes) throw new AppError('too-complex', `parse ${name}: too many attributes`, { name })
    },
  })
  parser.write(markup)
  parser.end()
}
