import vue from '@vitejs/plugin-vue'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  // Modules of src/main import electron. The real package would try to download its runtime.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-shim/stub.ts') } },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    server: { deps: { inline: ['electron-store'] } },
    // A busy machine may run a test many times slower than a quiet one. The limit only ends a test that hangs.
    testTimeout: 300_000,
    // The tests wait much of their time for the disk, and a refresh waits a second between two pages of a portal.
    maxWorkers: availableParallelism() + 1,
  },
})
