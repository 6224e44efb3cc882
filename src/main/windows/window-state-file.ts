import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../store'
import { parseStoredWindows, type StoredWindows, type WindowState } from './window-state'

const name = 'window'

function readStored(userData: string): StoredWindows {
  try {
    return parseStoredWindows(JSON.parse(readFileSync(join(userData, `${name}.json`), 'utf8')))
  } catch {
    return parseStoredWindows(null) // without a readable stored state, the window opens in the middle
  }
}

/** The windows that were open when the program ended. Empty if the program has never ended in order. */
export function readOpenWindows(userData: string): readonly WindowState[] {
  return readStored(userData).open
}

/** The state for the window with the number `at` of this start. The first windows get the places of the last run. */
export function readStateFor(userData: string, at: number): WindowState {
  const { open, last } = readStored(userData)
  return open[at] ?? last
}

/** Stores the state of a window that closes. */
export function keepLastWindow(userData: string, last: WindowState): void {
  openStore({ cwd: userData, name }).store = { ...readStored(userData), last }
}

/** Stores the windows that are open while the program ends. */
export function keepOpenWindows(userData: string, open: readonly WindowState[]): void {
  openStore({ cwd: userData, name }).store = { ...readStored(userData), open: [...open] }
}
