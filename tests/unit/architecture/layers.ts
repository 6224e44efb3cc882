import { importsOf } from './imports'
import type { Source } from './sources'

/** The folders and packages that each folder may import. This table equals the table of docs/architecture.md. */
const layers: readonly { folder: string; mayImport: readonly string[]; packages: RegExp }[] = [
  { folder: 'src/shared', mayImport: ['src/shared', 'package.json'], packages: /^zod\/mini$/ },
  {
    folder: 'src/core',
    mayImport: ['src/core', 'src/shared'],
    packages:
      /^(?:node:.*|zod\/mini|linkedom|htmlparser2|sanitize-html|diff|tar-stream|ipaddr\.js|socks-proxy-agent|file-type|robots-parser|@cantoo\/pdf-lib|uqr|fflate\/browser|image-size|hast|mdast|hast-util-(?:from-html|to-mdast)|mdast-util-(?:to-markdown|gfm-table|gfm-strikethrough))$/,
  },
  {
    folder: 'src/main',
    mayImport: ['src/main', 'src/core', 'src/shared'],
    packages: /^(?:node:.*|electron|electron-store|electron-updater|zod\/mini)$/,
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
 * The files and folders of src/core from top to bottom. Each name may import itself and every name in a lower line. Names in one
 * line may not import each other, except in the first line. The file `handlers.ts` of each feature counts as
 * `handlers`.
 */
const coreOrder: readonly (readonly string[])[] = [
  ['app', 'shared-access'],
  ['host'],
  ['handlers'],
  ['pages'],
  ['parsing'],
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
  ['guests'],
  ['media'],
  ['outputs'],
  ['library', 'extract', 'feeds', 'updates'],
  ['fetch'],
  ['text'],
  ['document-writer'],
  ['temporary-folders'],
  ['trust'],
  ['files', 'content-security'],
  ['threads'],
  ['ports', 'node-crypto', 'fatal-errors', 'environment', 'processes', 'file-access'],
]

/** Finds the imports that the table forbids, and returns them as sentences. Returns [] if the table forbids no import. */
export function forbiddenImports(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ path }) => path))
  return sources.flatMap((source) => {
    const layer = layers.find(({ folder }) => source.path.startsWith(`${folder}/`))
    if (layer === undefined) return [`${source.path} belongs to no layer`]
    return importsOf(source, known).flatMap(({ target, isTypeOnly }) => {
      const isOurs = target.startsWith('src/') || target.endsWith('package.json')
      const isAllowed = isOurs
        ? layer.mayImport.some((folder) => target === folder || target.startsWith(`${folder}/`))
        : layer.packages.test(target)
      if (isAllowed) return []
      // The renderer and the preload may use zod's types, but not its code.
      return isTypeOnly && target === 'zod/mini' ? [] : [`${source.path} imports ${target}`]
    })
  })
}

/** Finds the imports of src/core that run upward or sideways in its order, type-only imports included. */
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
      if (from.rank < 0) return [`${source.path} is missing in the order of src/core`]
      return importsOf(source, known)
        .filter(({ target }) => target.startsWith('src/core/'))
        .filter(({ target }) => {
          const to = rankOf(target)
          return to.rank < from.rank || (to.rank === from.rank && to.name !== from.name && from.rank > 0)
        })
        .map(({ target }) => `${source.path} imports ${target}`)
    })
}
