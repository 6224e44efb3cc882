import { app } from 'electron'
import { existsSync, mkdtempSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../core/ports'
import { version } from '../../shared/version'
import { createSteps, type SelfTestParts, type StepResult } from './steps'

/**
 * Time in ms after which the self test is ended. Without this limit, a packaged program that hangs would block a build
 * machine.
 */
const maxRunMs = 180_000

/** The parts of a self test that the start of the program uses. */
export interface SelfTest {
  /** The folder of the settings and the library of this run. It is removed at the end. */
  folder: string
  /** A log that writes nothing, because the standard output must hold only one JSON object. Errors go to stderr. */
  log: Log
  run(parts: SelfTestParts): Promise<void>
  /** Reports that the program could not start, and ends the process with 1. */
  fail(thrown: unknown): void
}

/** The result of a self test, which the program prints as one line of JSON. */
interface SelfTestReport {
  ok: boolean
  version: string
  electron: string | null
  platform: string
  arch: string
  isPackaged: boolean
  steps: StepResult[]
}

/**
 * Prepares the self test if the program was started with `--self-test`. Otherwise returns null. The self test has its
 * own folder, so it never touches the settings or the library of the user.
 */
export function prepareSelfTest(): SelfTest | null {
  if (!app.commandLine.hasSwitch('self-test')) return null
  const folder = mkdtempSync(join(tmpdir(), 'bantin-self-test-'))
  const steps: StepResult[] = []
  let isReported = false
  const report = (): void => {
    if (isReported) return
    isReported = true
    writeReport(steps)
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch (thrown) {
      // On Windows, Chromium still holds files of its profile. They stay in the system's folder of temporary files.
      console.error(thrown)
    }
  }
  const fail = (thrown: unknown): void => {
    console.error(thrown)
    steps.push({ name: 'end', ok: false, ms: 0, details: { reason: String(thrown) } })
    report()
    app.exit(1)
  }
  setTimeout(() => fail(new Error(`self test: not finished after ${maxRunMs} ms`)), maxRunMs).unref()
  const log: Log = { info: () => undefined, warn: (message, cause) => console.error(message, cause) }
  return { folder, log, fail, run: (parts) => runSteps(parts, { folder, steps, report }) }
}

/** Runs the steps until one fails. Then quits the program in the same way as a user. */
async function runSteps(
  parts: SelfTestParts,
  { folder, steps, report }: { folder: string; steps: StepResult[]; report(): void },
): Promise<void> {
  for (const { name, run } of createSteps(parts)) {
    const startedAt = Date.now()
    try {
      steps.push({ name, ok: true, details: await run(), ms: Date.now() - startedAt })
    } catch (thrown) {
      console.error(thrown)
      steps.push({ name, ok: false, details: { reason: String(thrown) }, ms: Date.now() - startedAt })
      break
    }
  }
  if (!steps.every(({ ok }) => ok)) {
    await parts.library.close()
    report()
    app.exit(1)
    return
  }
  const startedAt = Date.now()
  app.on('will-quit', (event) => {
    // The lock of the library must be released before the process ends.
    const isReleased = !existsSync(join(folder, 'library', 'library.lock'))
    steps.push({ name: 'quit', ok: isReleased, details: {}, ms: Date.now() - startedAt })
    report()
    if (isReleased) return
    event.preventDefault()
    app.exit(1)
  })
  app.quit()
}

function writeReport(steps: readonly StepResult[]): void {
  const result: SelfTestReport = {
    ok: steps.every(({ ok }) => ok),
    version,
    electron: process.versions['electron'] ?? null,
    platform: process.platform,
    arch: process.arch,
    isPackaged: app.isPackaged,
    steps: [...steps],
  }
  // The process may end right after this call, so the write must be synchronous.
  writeSync(1, `${JSON.stringify(result)}\n`)
}
