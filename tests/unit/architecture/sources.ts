import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

/** The path of the folder of the repository. */
export const root = resolve(import.meta.dirname, '..', '..', '..')

/** A file: its path below the repository, with forward slashes, and its text. */
export interface Source {
  path: string
  text: string
}

/** Returns all files below a folder of the repository whose names match `endings`, sorted by path. */
export function sourcesBelow(folder: string, endings: RegExp): Source[] {
  return pathsBelow(folder)
    .filter((path) => endings.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/**
 * Returns the paths of all files below a folder of the repository, sorted. Caches, whose names begin with a dot, are
 * left out.
 */
export function pathsBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? pathsBelow(path) : [path]
    })
    .sort()
}

/** Returns the script of a source. The script is the whole file, or the content of a Vue file's script element. */
export function scriptOf({ path, text }: Source): string {
  if (!path.endsWith('.vue')) return text
  const [whole, , script = ''] = /(<script[^>]*>)([\s\S]*?)<\/script>/.exec(text) ?? ['', '', '']
  // Blank lines stand before the script, so that its line numbers are those of the file.
  const start = text.indexOf(whole) + whole.indexOf(script)
  return text.slice(0, start).replace(/[^\n]/g, '') + script
}

const trees = new WeakMap<Source, ts.SourceFile>()

/**
 * Returns the syntax tree of a source's script. The function parses each source once, because several checks read the
 * same sources.
 */
export function parseSource(source: Source): ts.SourceFile {
  const tree =
    trees.get(source) ?? ts.createSourceFile(`${source.path}.ts`, scriptOf(source), ts.ScriptTarget.Latest, true)
  trees.set(source, tree)
  return tree
}

/** Returns the line of a node, counted from 1. */
export function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}

/** Calls `visit` with every node below a node. */
export function visitNodes(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child)
    visitNodes(child, visit)
  })
}
