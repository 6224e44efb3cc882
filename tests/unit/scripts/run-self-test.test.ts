import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'electron-package', 'run-self-test.mjs')
const passed = { ok: true, isPackaged: true, steps: [] }

// The stand-in for a packed program is a shell script.
describe.skipIf(process.platform === 'win32')('scripts/electron-package/run-self-test.mjs', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bantin-run-self-test-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Runs the script with a program that prints lines and ends with a status. */
  function runWith(lines: readonly string[], status: number): number | null {
    const program = join(folder, 'program')
    const prints = lines.map((line) => `echo '${line}'`).join('\n')
    writeFileSync(program, `#!/bin/sh\n[ "$1" = --self-test ] || exit 9\n${prints}\nexit ${status}\n`)
    chmodSync(program, 0o755)
    return spawnSync(process.execPath, [script, program]).status
  }

  it('run-self-test.mjs succeeds if a packed program reports success for each step', () => {
    expect(runWith([JSON.stringify(passed)], 0)).toBe(0)
    expect(runWith(['DevTools listening', '{half', JSON.stringify(passed)], 0)).toBe(0)
  })

  it.each([
    ['reports a failed step', [JSON.stringify({ ...passed, ok: false })], 1],
    ['reports a failed step and ends with 0', [JSON.stringify({ ...passed, ok: false })], 0],
    ['reports no failure and ends with an error', [JSON.stringify(passed)], 3],
    ['is not packaged', [JSON.stringify({ ...passed, isPackaged: false })], 0],
    ['prints nothing', [], 0],
    ['prints no JSON', ['ok'], 0],
  ])('run-self-test.mjs fails if a packed program %s', (_problem, lines, status) => {
    expect(runWith(lines, status)).toBe(1)
  })

  it('run-self-test.mjs fails if the program is missing', () => {
    expect(spawnSync(process.execPath, [script, join(folder, 'nothing')]).status).toBe(1)
    expect(spawnSync(process.execPath, [script]).status).toBe(2)
  })
})
