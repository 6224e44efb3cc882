// The values that all files of the shim share: the paths, the record of calls, and whether the app is ready.
import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether Electron has told the app that it is ready. */
export const state = { isReady: false }

/** The folders of the system, by the names that `app.getPath` accepts. */
export const paths: Record<string, string> = {
  userData: process.env['SHIM_USER_DATA'] ?? mkdtempSync(join(tmpdir(), 'shim-user-data-')),
  home: homedir(),
  temp: tmpdir(),
  documents: join(process.env['SHIM_USER_DATA'] ?? tmpdir(), 'documents'),
}

/** The user data folder that the app uses. */
export function userData(): string {
  return paths['userData'] ?? tmpdir()
}

let hasEnded = false

/** Stops recording calls. Otherwise a page that is shown while the app ends would create the user data folder again. */
export function endRecord(): void {
  hasEnded = true
}

/** Records a call of a dialog, a menu or the system. */
export function record(name: string, args: unknown[]): void {
  if (hasEnded) return
  mkdirSync(userData(), { recursive: true })
  appendFileSync(join(userData(), 'shim-calls.jsonl'), `${JSON.stringify({ name, args })}\n`)
}

/** Throws an error if the app is not ready yet. */
export function requireReady(name: string): void {
  if (!state.isReady) throw new Error(`electron: Cannot create ${name} before app is ready`)
}
