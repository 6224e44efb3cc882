import vue from '@vitejs/plugin-vue'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/**
 * The folders whose tests change no global state. Their files run one after another in the same workers, so that each
 * worker loads the modules once. This takes a third of the processor time away.
 */
const withoutGlobalState = [
  'tests/unit/shared',
  ...['text', 'extract', 'feeds', 'fetch', 'print', 'import', 'export', 'strangers', 'reextract', 'follow'].map(
    (name) => `tests/unit/core/${name}`,
  ),
]

function testsBelow(folders: readonly string[]): string[] {
  return folders.map((folder) => `${folder}/**/*.test.ts`)
}

export default defineConfig({
  plugins: [vue()],
  // Modules of src/main import electron. The real package would try to download its runtime.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-shim/stub.ts') } },
  test: {
    projects: [
      { extends: true, test: { name: 'shared-workers', include: testsBelow(withoutGlobalState), isolate: false } },
      {
        extends: true,
        test: { name: 'own-workers', include: testsBelow(['tests/unit']), exclude: testsBelow(withoutGlobalState) },
      },
    ],
    environment: 'node',
    server: { deps: { inline: ['electron-store'] } },
    // A busy machine may run a test many times slower than a quiet one. The limit only ends a test that hangs.
    testTimeout: 300_000,
    // The tests wait much of their time for the disk, and a refresh waits a second between two pages of a portal.
    maxWorkers: availableParallelism() + 1,
  },
})
