import { app } from 'electron'
import { existsSync, mkdtempSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../core/ports'
import { version } from '../../shared/version'
import { createSteps, type SelfTestParts, type StepResult } from './steps'

/** The time after which the self test ends the program, in ms. A packaged program must not hang a build machine. */
const maxRunMs = 180_000

/** A run of the self test. */
export interface SelfTest {
  /** The folder of the settings and the library of this run. It is removed at the end. */
  folder: string
  /** A log without output, because the standard output holds one JSON object. Errors go to the standard error. */
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
 * Prepares the self test of `--self-test`. The run has its own folder, so it never touches the settings or the library of
 * the user. Returns null if the program was started without the switch.
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
      // Chromium still holds files of its profile on Windows. The system's temporary folder keeps the rest.
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

/** Runs the steps until one fails, and quits the program in the way in which a user quits it. */
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
    // The library must have released its lock before the process ends.
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
  // The process may end right after this call, so the write is synchronous.
  writeSync(1, `${JSON.stringify(result)}\n`)
}
