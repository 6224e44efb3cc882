import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { cli } from './paths'

/** A finished run of the built command line. */
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
    { encoding: 'utf8', env: { ...cliEnvironment(folder), ...env } },
  )
  return { exit: status, out: stdout, err: stderr }
}

/** Starts the built command line without blocking this process, and returns the run when it has ended. */
export async function runCliBeside(
  folder: string,
  words: readonly string[],
  { env = {}, interruptWhen }: { env?: NodeJS.ProcessEnv; interruptWhen?: () => boolean } = {},
): Promise<Run> {
  const library = env['BANTIN_LIBRARY'] === undefined ? ['--library', join(folder, 'library')] : []
  const child = spawn(process.execPath, [cli, ...words, ...library], { env: { ...cliEnvironment(folder), ...env } })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part))
  const watch = setInterval(() => {
    if (interruptWhen?.() !== true) return
    clearInterval(watch)
    child.kill('SIGINT')
  }, 20)
  const [exit] = (await once(child, 'close')) as [number | null]
  clearInterval(watch)
  return { exit, out, err }
}

/** Returns environment variables that put the settings of a run, and with them its library, below a folder. */
export function cliEnvironment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, BANTIN_CONFIG: join(folder, 'config') }
}

/** Returns the JSON that a run with `--json` printed. Throws an error if the run printed no JSON. */
export function jsonOf({ out, err }: Run): unknown {
  try {
    return JSON.parse(out) as unknown
  } catch {
    throw new Error(`no JSON: ${out} ${err}`)
  }
}

/** The arguments of a run that must fail, with its exit code and its sentence on stderr. */
export type Refusal = [words: string[], exit: number, sentence: RegExp]

/** Expects that each command is refused and leaves no file at `file` and no temporary file in the folder. */
export function expectRefused(folder: string, refusals: readonly Refusal[], file: string): void {
  for (const [words, exit, sentence] of refusals) {
    const run = runCli(folder, words)
    expect(run.exit, words.join(' ')).toBe(exit)
    expect(run.err, words.join(' ')).toMatch(sentence)
  }
  expect(existsSync(file)).toBe(false)
  expect(readdirSync(folder).filter((name) => /^[0-9a-f]{16}$/.test(name))).toEqual([])
}

/** Expects that a command that writes to a full disk fails with a sentence and leaves no file on the disk. */
export function expectFullDiskError(folder: string, kilobytes: number, wordsFor: (disk: string) => string[]): void {
  test.skip(process.platform !== 'linux', 'the test mounts a small disk as Linux does')
  const disk = join(folder, 'full')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk])
  test.skip(mounted.status !== 0, 'only root can mount a small disk')
  try {
    const run = runCli(folder, wordsFor(disk))
    expect(run.exit).toBe(1)
    expect(run.err).toMatch(/đầy/)
    expect(readdirSync(disk)).toEqual([])
  } finally {
    spawnSync('umount', [disk])
  }
}
