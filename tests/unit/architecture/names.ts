import { basename } from 'node:path'
import ts from 'typescript'
import { lineOf, parseSource, type Source, visitNodes } from './sources'

/** Matches superlatives that must not begin the name of a limit. The names of limits begin with `max` or `min`. */
const limitWord = /^(?:most|longest|least|fewest|shortest|widest|deepest)(?:[A-Z0-9]|$)/

/** The names that may begin with a superlative, each with the reason. */
const limitExceptions: readonly { name: string; why: string }[] = [
  { name: 'mostCounted', why: 'a field of the contract’s searchBulletins: renaming it would break clients' },
]

/**
 * Finds the declared names that begin with a superlative. The result has a sentence with path and line for each name.
 */
export function limitNames(sources: readonly Source[]): string[] {
  const allowed = new Set(limitExceptions.map(({ name }) => name))
  return sources.flatMap((source) => {
    const file = parseSource(source)
    const found: string[] = []
    visitNodes(file, (node) => {
      const name = declaredName(node)
      if (name !== null && limitWord.test(name) && !allowed.has(name))
        found.push(`${source.path}:${lineOf(file, node)} declares ${name}`)
    })
    return found
  })
}

/**
 * Returns the name of the variable, function, type, field or import that a node declares. Returns null for other nodes.
 */
function declaredName(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) || ts.isMetaProperty(node)) return null
  const name = 'name' in node ? (node.name as ts.Node | undefined) : undefined
  if (name === undefined) return null
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? name.text.replace(/^#/, '') : null
}

/** Finds the names of files and folders that begin with a superlative, and returns them as sentences. */
export function limitFileNames(paths: readonly string[]): string[] {
  return namesIn(paths)
    .filter((name) => limitWord.test(name.replace(/[-.](\w)/g, (_whole, letter: string) => letter.toUpperCase())))
    .map((name) => `${name} begins with a limit word`)
}

/** The words that tell a newcomer nothing if such a word is the whole name of a file or folder. */
const coinedNames = new Set(
  `about answer answers anew around-title backup-shelf beside carried-text crowd data-address existing
   following forwarding getting-around gone guard hand-over handover head-places holder holder-gone hour-in-seconds
   impose in-parts isolated job-now join keeper keeping kept-page killing labelled late-answers listening look loose
   made marking matching mend moving odd-turns odd-words open-lines oracle own-document own-documents own-items pace
   paper places print-codes prints quiet-buttons reach reading-closely refresh-words row-place run-ending runs
   save-made saved-from searching settling settle shelf soundness sound told turns twice-escaped whereabouts words
   common data helper helpers info manager misc util utils`.split(/\s+/),
)

/** The words that must not be part of the name of a file or folder. */
const coinedParts = new Set('anew crowd forwarding gone keeper mend settling shelf soundness whereabouts'.split(' '))

/** Finds the names of files and folders that contain coined words, and returns them as sentences. */
export function coinedFileNames(paths: readonly string[]): string[] {
  return namesIn(paths)
    .filter((name) => coinedNames.has(name) || name.split('-').some((part) => coinedParts.has(part)))
    .map((name) => `${name} is a coined name`)
}

/** Returns the names of files and folders in kebab-case, without the endings of files. */
function namesIn(paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => path.split('/').map((part) => basename(part).replace(/\..*$/, '')))
  return [...new Set(names.map((name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()))]
}
