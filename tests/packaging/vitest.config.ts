import { defineConfig } from 'vitest/config'

/** `npm run test:package`. The tests pack the program twice, so they are not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/packaging/**/*.test.ts'],
    environment: 'node',
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
})
