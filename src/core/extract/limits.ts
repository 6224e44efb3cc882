import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'

/**
 * Limits of a page that is parsed: the maximum number of nodes, the maximum depth of nesting, and the maximum number of
 * attributes of one element (`docs/security.md`).
 */
export const htmlLimits = { maxNodes: 200_000, maxDepth: 512, maxAttributes: 1_000 } as const
/**
 * Maximum number of text pieces in a page. The parser starts a new piece at every entity (`&amp;`), while `maxNodes`
 * counts all pieces of one text as one node.
 */
const maxTextPieces = 2_000_000

/**
 * Checks the HTML of a page against `htmlLimits` before a tree is built from it. Code that walks a tree of a million
 * nested elements would exhaust the stack. The check runs only the tokenizer. It takes linear time, uses no recursion,
 * and keeps only the names of the open elements in memory. linkedom builds its tree with the same tokenizer, so both
 * see the same elements. Throws `too-complex` (details: name).
 */
export function checkHtmlLimits(html: string, name: string): void {
  let [nodes, depth, attributes, pieces, isInText] = [0, 0, 0, 0, false]
  const fail = (what: string): never => {
    throw new AppError('too-complex', `parse ${name}: ${what}`, { name })
  }
  const countNode = (): void => {
    nodes += 1
    if (nodes > htmlLimits.maxNodes) fail('too many nodes')
  }
  const parser = new Parser({
    onopentagname() {
      isInText = false
      attributes = 0
      depth += 1
      countNode()
      if (depth > htmlLimits.maxDepth) fail('nested too deeply')
    },
    onattribute() {
      attributes += 1
      if (attributes > htmlLimits.maxAttributes) fail('too many attributes')
    },
    onclosetag() {
      isInText = false
      depth -= 1
    },
    ontext() {
      pieces += 1
      if (pieces > maxTextPieces) fail('too many pieces of text')
      if (!isInText) countNode()
      isInText = true
    },
    oncomment() {
      isInText = false
      countNode()
    },
  })
  parser.write(html)
  parser.end()
}
