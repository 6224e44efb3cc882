import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { sampleFile } from './paths'
import { jsonOf, type Run, runCli } from './run-cli'

/** The built command line with a new folder for its library and its settings. */
export interface CommandLine {
  folder: string
  run(...words: string[]): Run
  /** Runs a command with `--json` and returns the printed value. */
  json(...words: string[]): unknown
  /** Imports the sample bulletin and returns its id. */
  importSample(): string
}

/** Playwright's test with the built command line. */
export const test = base.extend<{ bantin: CommandLine }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  bantin: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'bantin-cli-'))
    const run = (...words: string[]): Run => runCli(folder, words)
    const json = (...words: string[]): unknown => jsonOf(run(...words, '--json'))
    await use({
      folder,
      run,
      json,
      importSample() {
        const { added } = json('import', sampleFile) as { added: { id: string }[] }
        return added[0]?.id ?? ''
      },
    })
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})
export { expect }
