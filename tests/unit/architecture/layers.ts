import { importsOf, type Source } from './sources'

/** What each folder may import of the project, and which packages; ARCHITECTURE's table. */
const layers: readonly { folder: string; mayImport: readonly string[]; packages: RegExp }[] = [
  { folder: 'src/shared', mayImport: ['src/shared', 'package.json'], packages: /^zod\/mini$/ },
  {
    folder: 'src/core',
    mayImport: ['src/core', 'src/shared'],
    packages:
      /^(?:node:.*|zod\/mini|linkedom|htmlparser2|sanitize-html|diff|tar-stream|ipaddr\.js|file-type|robots-parser|@cantoo\/pdf-lib|uqr|fflate\/browser|image-size|hast|mdast|hast-util-(?:from-html|to-mdast)|mdast-util-(?:to-markdown|gfm-table|gfm-strikethrough))$/,
  },
  {
    folder: 'src/main',
    mayImport: ['src/main', 'src/core', 'src/shared'],
    packages: /^(?:node:.*|electron|electron-store|zod\/mini)$/,
  },
  { folder: 'src/preload', mayImport: ['src/preload', 'src/shared'], packages: /^electron$/ },
  {
    folder: 'src/cli',
    mayImport: ['src/cli', 'src/core', 'src/shared'],
    packages: /^(?:node:.*|conf|proxy-from-env|hono|hono\/.*|@hono\/node-server|zod\/mini)$/,
  },
  {
    folder: 'src/renderer',
    mayImport: ['src/renderer', 'src/shared'],
    packages:
      /^(?:vue|pinia|dompurify|marked|pdfjs-dist(?:\/.*)?|@tanstack\/vue-virtual|@lucide\/vue|@fontsource\/.*|vite\/.*)$/,
  },
]

/**
 * The folders and files of core from top to bottom. Each may import what lies below it, and itself. Entries of one line
 * may not import each other, except in the first line. A `handlers.ts` counts as `handlers`, in whichever feature it is.
 */
const coreOrder: readonly (readonly string[])[] = [
  ['app', 'shared-access'],
  ['host'],
  ['handlers'],
  ['pages'],
  ['follow'],
  ['download'],
  ['reextract'],
  ['import'],
  ['feature'],
  ['wait-for-job', 'diagnostics'],
  ['call-method'],
  ['app-interface'],
  ['print', 'export'],
  ['jobs'],
  ['dispatch', 'events'],
  ['settings'],
  ['media'],
  ['outputs'],
  ['library', 'extract', 'feeds'],
  ['fetch'],
  ['text'],
  ['document-writer'],
  ['files', 'content-security'],
  ['ports', 'node-crypto', 'fatal-errors'],
]

/** Imports that the table forbids, as sentences; [] where all is well. */
export function forbiddenImports(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ path }) => path))
  return sources.flatMap((source) => {
    const layer = layers.find(({ folder }) => source.path.startsWith(`${folder}/`))
    if (layer === undefined) return [`${source.path} lies in no layer`]
    return importsOf(source, known).flatMap(({ target, typeOnly }) => {
      const isOurs = target.startsWith('src/') || target.endsWith('package.json')
      const fits = isOurs
        ? layer.mayImport.some((folder) => target === folder || target.startsWith(`${folder}/`))
        : layer.packages.test(target)
      if (fits) return []
      // Types of zod's schemas reach everywhere; its code does not.
      return typeOnly && target === 'zod/mini' ? [] : [`${source.path} imports ${target}`]
    })
  })
}

/** Imports of core that run upward or sideways. Types may come from above: they are gone when the program runs. */
export function upwardImports(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ path }) => path))
  const rankOf = (path: string): { rank: number; name: string } => {
    const name = /handlers\.ts$/.test(path) ? 'handlers' : (/^src\/core\/([^/.]+)/.exec(path)?.[1] ?? '')
    return { rank: coreOrder.findIndex((line) => line.includes(name)), name }
  }
  return sources
    .filter(({ path }) => path.startsWith('src/core/'))
    .flatMap((source) => {
      const from = rankOf(source.path)
      if (from.rank < 0) return [`${source.path} has no place in core's order`]
      return importsOf(source, known)
        .filter(({ target, typeOnly }) => target.startsWith('src/core/') && !typeOnly)
        .filter(({ target }) => {
          const to = rankOf(target)
          return to.rank < from.rank || (to.rank === from.rank && to.name !== from.name && from.rank > 0)
        })
        .map(({ target }) => `${source.path} imports ${target}`)
    })
}

/** Cycles among imports that are there when the program runs; each as the paths of one round. */
export function importCycles(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source, known)
        .filter(({ target, typeOnly }) => known.has(target) && !typeOnly)
        .map(({ target }) => target),
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
 * Files below `folder` that load a package through other files, each as the shortest path to the package. Type-only
 * imports are left out, because nothing is loaded for them.
 */
export function indirectImports(sources: readonly Source[], folder: string, packages: RegExp): string[] {
  const known = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source, known)
        .filter(({ typeOnly }) => !typeOnly)
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
