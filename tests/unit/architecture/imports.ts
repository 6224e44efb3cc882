import { dirname, join } from 'node:path'
import ts from 'typescript'
import { parseSource, type Source, visitNodes } from './sources'

/** An import of a source. */
export interface Import {
  /** The imported module: a package, `node:…`, or the path of a file below the repository. */
  target: string
  /** Whether the compiler removes the import. The compiler removes an import of types only. */
  isTypeOnly: boolean
}

/**
 * Returns the static and dynamic imports, the re-exports and the `import('…')` types of a source. `known` contains the
 * paths of all sources.
 */
export function importsOf(source: Source, known: ReadonlySet<string>): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      found.push({ target: resolveTarget(source.path, specifier.text, known), isTypeOnly })
  }
  visitNodes(parseSource(source), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, namesTypesOnly(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
  })
  return found
}

function namesTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  )
}

function resolveTarget(from: string, specifier: string, known: ReadonlySet<string>): string {
  if (!specifier.startsWith('.')) return specifier
  const path = join(dirname(from), specifier.replace(/\?.*$/, '')).replaceAll('\\', '/')
  const candidates = [path, `${path}.ts`, `${path}.vue`, `${path}.d.ts`, `${path}/index.ts`, `${path}.d.mts`]
  return candidates.find((candidate) => known.has(candidate)) ?? path
}

/** Finds the cycles among imports, type-only imports included. Each cycle is written as its paths, joined by arrows. */
export function importCycles(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source, known)
        .map(({ target }) => target)
        .filter((target) => known.has(target)),
    ]),
  )
  const cycles: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}

/**
 * Finds the files below `folder` that load a package through other files. Each result is the shortest path to the
 * package. Type-only imports are left out, because they load nothing.
 */
export function indirectImports(sources: readonly Source[], folder: string, packages: RegExp): string[] {
  const known = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source, known)
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .map(({ target }) => target),
    ]),
  )
  const findPath = (start: string): string[] | null => {
    const seen = new Set([start])
    const queue = [[start]]
    for (let path = queue.shift(); path !== undefined; path = queue.shift())
      for (const target of graph.get(path.at(-1) ?? '') ?? []) {
        if (packages.test(target)) return [...path, target]
        if (seen.has(target)) continue
        seen.add(target)
        queue.push([...path, target])
      }
    return null
  }
  return sources
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .flatMap(({ path }) => {
      const found = findPath(path)
      return found === null ? [] : [found.join(' → ')]
    })
}
