import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'

/** Limits of the HTML that is parsed: nodes, depth of nesting, and attributes of one element (`docs/security.md`). */
export const htmlLimits = { maxNodes: 200_000, maxDepth: 512, maxAttributes: 1_000 } as const
/**
 * Maximum number of text pieces in a page. The parser splits a text at every entity, and `maxNodes` counts the pieces
 * of one text as one node.
 */
const maxTextPieces = 2_000_000

/**
 * Checks HTML before a tree is built from it, because code that walks a tree of a million nested elements exhausts the
 * stack. linkedom builds the tree with the same tokenizer, so both see the same elements. The tokenizer alone takes
 * linear time, uses no recursion, and only keeps the names of the open elements in memory. Throws `too-complex`
 * (details: name).
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
