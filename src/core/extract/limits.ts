import { Parser } from 'htmlparser2'
import { AppError } from '../../shared/errors'

/** Most nodes, deepest nesting, and most attributes of one element that are parsed (SECURITY, Limits). */
export const htmlLimits = { maxNodes: 200_000, maxDepth: 512, maxAttributes: 1_000 } as const
/** The parser makes a node of every entity; they count as one text here, but cannot be had without end. */
const maxTextPieces = 2_000_000

/**
 * Looks over HTML before a tree is made of it: a tree of a million nested elements ends those who walk it. The
 * tokenizer is the very one that will make the tree (linkedom's), so that both see the same elements; alone it takes
 * linear time, no recursion and no memory but for the names of the open elements. Throws `too-complex`; details: name.
 */
export function checkHtmlLimits(html: string, name: string): void {
  let [nodes, depth, attributes, pieces, isInText] = [0, 0, 0, 0, false]
  const refuse = (what: string): never => {
    throw new AppError('too-complex', `parse ${name}: ${what}`, { name })
  }
  const countNode = (): void => {
    nodes += 1
    if (nodes > htmlLimits.maxNodes) refuse('too many nodes')
  }
  const parser = new Parser({
    onopentagname() {
      isInText = false
      attributes = 0
      depth += 1
      countNode()
      if (depth > htmlLimits.maxDepth) refuse('nested too deeply')
    },
    onattribute() {
      attributes += 1
      if (attributes > htmlLimits.maxAttributes) refuse('too many attributes')
    },
    onclosetag() {
      isInText = false
      depth -= 1
    },
    ontext() {
      pieces += 1
      if (pieces > maxTextPieces) refuse('too many pieces of text')
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
