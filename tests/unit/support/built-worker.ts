import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..', '..')

/**
 * Builds the scripts of worker threads, because a thread cannot run TypeScript. `scripts` holds their paths below the
 * project. Call this function outside of a test. The scripts are deleted after the last test of the file.
 */
export async function buildWorkers<Name extends string>(scripts: Record<Name, string>): Promise<Record<Name, string>> {
  const outDir = await mkdtemp(join(tmpdir(), 'bantin-workers-'))
  afterAll(() => rm(outDir, { recursive: true, force: true }))
  const input = Object.fromEntries(
    Object.entries<string>(scripts).map(([name, path]): [string, string] => [name, join(root, path)]),
  )
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { input, output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' } },
    },
  })
  // The cast is safe, because the object has the same names as `scripts`.
  return Object.fromEntries(Object.keys(scripts).map((name) => [name, join(outDir, `${name}.mjs`)])) as Record<
    Name,
    string
  >
}
