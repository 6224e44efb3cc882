import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../store'
import { parseStoredWindows, type StoredWindows, type WindowState } from './window-state'

const name = 'window'

function readStored(userData: string): StoredWindows {
  try {
    return parseStoredWindows(JSON.parse(readFileSync(join(userData, `${name}.json`), 'utf8')))
  } catch {
    // a missing or damaged file gives the default state, so the window opens in the middle
    return parseStoredWindows(null)
  }
}

/**
 * Returns the windows that were open when the program ended. Returns an empty list if the program has never ended
 * normally.
 */
export function readOpenWindows(userData: string): readonly WindowState[] {
  return readStored(userData).open
}

/**
 * Returns the stored state for the window with the number `at` in this run. The first windows get the places of the
 * last run.
 */
export function readStateFor(userData: string, at: number): WindowState {
  const { open, last } = readStored(userData)
  return open[at] ?? last
}

/** Stores the state of a window that is being closed. */
export function keepLastWindow(userData: string, last: WindowState): void {
  openStore({ cwd: userData, name }).store = { ...readStored(userData), last }
}

/** Stores the windows that are open while the program ends. */
export function keepOpenWindows(userData: string, open: readonly WindowState[]): void {
  openStore({ cwd: userData, name }).store = { ...readStored(userData), open: [...open] }
}
