// `npm run schemas`: writes docs/format/schemas/ from the schemas in src/core/library/store/documents.ts. A test fails
// if the published schemas differ from the source.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { root } from './project.mjs'

/** The absolute path of the folder with the published schemas. */
export const schemasFolder = join(root, 'docs', 'format', 'schemas')

/** The name and the file of each published schema, by the name of its export in documents.ts. */
const published = {
  libraryDocument: ['library', 'library.json'],
  bulletinDocument: ['bulletin', 'bulletin.json'],
  revisionDocument: ['revision', 'revisions/NNNN.json'],
  captureDocument: ['capture', 'captures/TIME.json'],
  statusDocument: ['status', 'status.json'],
  tombstoneDocument: ['tombstone', 'tombstones/ID.json'],
  sourceDocument: ['source', 'sources/ID.json'],
  eventRecord: ['event', 'a line of log/events-YEAR.jsonl'],
  verifyRecord: ['verify', 'a line of log/verify-YEAR.jsonl'],
}

/**
 * Returns the published schemas as texts, by file name. `documents` is the module src/core/library/store/documents.ts.
 */
export function formatSchemas(documents) {
  const described = Object.keys(documents).filter(
    (name) => /(?:Document|Record)$/.test(name) && isSchema(documents[name]),
  )
  const missing = described.filter((name) => !Object.hasOwn(published, name))
  if (missing.length > 0) throw new Error(`scripts/format-schemas.mjs does not name ${missing.join(', ')}`)
  return Object.fromEntries(
    Object.entries(published).map(([name, [short, file]]) => {
      const { $schema, ...schema } = z.toJSONSchema(documents[name], { io: 'input' })
      const text = { $schema, $id: `bantin-library-1-${short}`, title: file, ...schema }
      return [`${short}.schema.json`, `${JSON.stringify(text, null, 2)}\n`]
    }),
  )
}

function isSchema(value) {
  return typeof value === 'object' && value !== null && 'safeParse' in value
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport(join(root, 'src', 'core', 'library', 'store', 'documents.ts'), {
    logLevel: 'error',
  })
  mkdirSync(schemasFolder, { recursive: true })
  for (const [name, text] of Object.entries(formatSchemas(module))) writeFileSync(join(schemasFolder, name), text)
}
