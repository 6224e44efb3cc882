import vue from '@vitejs/plugin-vue'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  // Main's modules import electron, which plain Node must never load: it would try to download its runtime.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-shim/stub.ts') } },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    server: { deps: { inline: ['electron-store'] } },
    testTimeout: 60_000,
    // Much of it is waiting for the disk, and for the second that a refresh leaves a host alone.
    maxWorkers: availableParallelism() + 1,
  },
})
