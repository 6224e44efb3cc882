import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

export const root = resolve(import.meta.dirname, '..', '..', '..')

/** One source file: its path below the project, forward slashes, and its text. */
export interface Source {
  path: string
  text: string
}

/** One import of a source. */
export interface Import {
  /** What it names: a package, `node:…`, or the path below the project of the imported file. */
  target: string
  typeOnly: boolean
}

/** All sources below a folder of the project, by their endings. */
export function sourcesBelow(folder: string, endings: RegExp): Source[] {
  return filesBelow(join(root, folder))
    .filter((file) => endings.test(file))
    .map((file) => ({ path: file.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Caches, whose names begin with a dot, are left out: they come and go. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
}

/** The script of a source: all of it, or what stands in a Vue file's script element. */
export function scriptOf({ path, text }: Source): string {
  return path.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text
}

/** The imports and re-exports of a source, dynamic ones too. `known` are the paths of all sources. */
export function importsOf(source: Source, known: ReadonlySet<string>): Import[] {
  const file = ts.createSourceFile(`${source.path}.ts`, scriptOf(source), ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      found.push({ target: resolveTarget(source.path, specifier.text, known), typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause
      const named = clause?.namedBindings
      const onlyTypes =
        clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (clause !== undefined &&
          clause.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every((element) => element.isTypeOnly))
      add(node.moduleSpecifier, onlyTypes)
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function resolveTarget(from: string, specifier: string, known: ReadonlySet<string>): string {
  if (!specifier.startsWith('.')) return specifier
  const path = join(dirname(from), specifier.replace(/\?.*$/, '')).replaceAll('\\', '/')
  const candidates = [path, `${path}.ts`, `${path}.vue`, `${path}.d.ts`, `${path}/index.ts`, `${path}.d.mts`]
  return candidates.find((candidate) => known.has(candidate)) ?? path
}
