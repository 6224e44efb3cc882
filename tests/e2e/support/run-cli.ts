import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { cli } from './fixtures'

/** One run of the built command line, to its end. */
export interface Run {
  exit: number | null
  out: string
  err: string
}

/** Runs the built command line on the library and the settings in a folder. */
export function runCli(folder: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...words, '--library', join(folder, 'library')],
    { encoding: 'utf8', env: { ...process.env, BANTIN_CONFIG: join(folder, 'config'), ...env } },
  )
  return { exit: status, out: stdout, err: stderr }
}

/** What a run with `--json` answers. */
export function answerOf({ out, err }: Run): unknown {
  try {
    return JSON.parse(out) as unknown
  } catch {
    throw new Error(`no JSON: ${out} ${err}`)
  }
}

/** Words of the command line that are refused, with the exit code and what the sentence says. */
export type Refusal = [words: string[], exit: number, sentence: RegExp]

/** Each is refused as it should be, and `file` was never made, nor anything half of it left in the folder. */
export function expectRefused(folder: string, refusals: readonly Refusal[], file: string): void {
  for (const [words, exit, sentence] of refusals) {
    const run = runCli(folder, words)
    expect(run.exit, words.join(' ')).toBe(exit)
    expect(run.err, words.join(' ')).toMatch(sentence)
  }
  expect(existsSync(file)).toBe(false)
  expect(readdirSync(folder).filter((name) => /^[0-9a-f]{16}$/.test(name))).toEqual([])
}

/** Writing to a disk that is too small for it is said, and leaves nothing. */
export function expectFullDiskSaid(folder: string, kilobytes: number, wordsFor: (disk: string) => string[]): void {
  test.skip(process.platform !== 'linux', 'a small disk is mounted as Linux does')
  const disk = join(folder, 'full')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk])
  test.skip(mounted.status !== 0, 'a small disk can be mounted by root alone')
  try {
    const run = runCli(folder, wordsFor(disk))
    expect(run.exit).toBe(1)
    expect(run.err).toMatch(/đầy/)
    expect(readdirSync(disk)).toEqual([])
  } finally {
    spawnSync('umount', [disk])
  }
}
