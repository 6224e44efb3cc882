// Bundles the core as one module for the benchmarks. Each benchmark run bundles the core again, so that the run
// measures the current code.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/project.mjs'

/** Loads the exports of bench/core-entry.ts. If `rebuild` is false, loads the exports from the last bundle. */
export async function loadCore({ rebuild = true } = {}) {
  const outDir = join(root, 'bench', '.cache', 'core')
  if (rebuild) await bundle(outDir)
  const file = readdirSync(outDir).find((name) => /^core-entry\.m?js$/.test(name))
  return import(pathToFileURL(join(outDir, file)).href)
}

async function bundle(outDir) {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(root, 'bench', 'core-entry.ts'), outDir, emptyOutDir: true, target: 'node24', minify: false },
  })
}

/**
 * Opens a library in the same way as the command line, but without a log. `options` are further options of
 * `openLibrary`.
 */
export function openBenchLibrary(core, folder, options = {}) {
  return core.openLibrary({
    ports: {
      root: folder,
      cache: `${folder}-indexes`,
      openStore: ({ cwd, name }) => new core.Conf({ cwd, configName: name }),
      clock: () => new Date(),
      log: { info: () => undefined, warn: () => undefined },
      program: 'bench',
    },
    access: 'write',
    extractAgain: () => Promise.reject(new Error('no bulletin is damaged')),
    ...options,
  })
}
