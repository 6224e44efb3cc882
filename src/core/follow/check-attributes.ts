import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'

/** Maximum number of attributes of one element (`docs/security.md`). */
const maxAttributes = 1_000

/**
 * Checks the number of attributes of each element, because a parser that collects a million of them takes seconds. The
 * readers of feeds, listings and lists of sources have limits on everything else. Takes linear time and collects
 * nothing. Throws `too-complex` (details: name).
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
