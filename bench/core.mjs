// The core as one module for the measurements, bundled anew each time: the code that is measured is the code that is there.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/build-if-stale.mjs'

/** Everything core-entry.ts exports; without `build` as it was bundled last. */
export async function loadCore({ build: isBuilt = true } = {}) {
  const outDir = join(root, 'bench', '.cache', 'core')
  if (isBuilt) await bundle(outDir)
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

/** A library opened as the command line does it, quietly. */
export function openPlain(core, root_, access = 'write', more = {}) {
  return core.openLibrary({
    ports: {
      root: root_,
      cache: `${root_}-indexes`,
      openStore: ({ cwd, name }) => new core.Conf({ cwd, configName: name }),
      clock: () => new Date(),
      log: { info: () => undefined, warn: () => undefined },
      program: 'bench',
    },
    ...more,
    access,
    extractAgain: () => Promise.reject(new Error('nothing is damaged')),
  })
}
