import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { VerifyResult } from '../../../shared/contract/api'
import type { Ports } from '../../ports'
import { exists, writeAll } from '../../files'
import { openPlainFileForAppending } from '../../trust/plain-files'
import type { EventRecord, VerifyRecord } from './documents'

/**
 * An event that concerns a stored bulletin or file, without the time and the name of the program. The journal adds
 * both.
 */
export type LoggedEvent = Omit<EventRecord, 'at' | 'agent'>

/** The texts in the journal for events that move a bulletin into the trash or out of it. */
export const placeDetails = {
  added: 'added',
  trashed: 'moved to the trash',
  restored: 'restored from the trash',
} as const

/**
 * The library's journal: `log/events-<year>.jsonl` and `log/verify-<year>.jsonl`. Each line is one JSON object. Lines
 * are only appended and never changed.
 */
export interface Journal {
  /**
   * Appends an event. If this fails, only logs a warning, because the change that the event describes is already
   * stored.
   */
  recordEvent(event: LoggedEvent): void
  /**
   * Appends the result of a verification, and an event for the verification. Does nothing if the library does not
   * exist.
   */
  recordVerification(result: VerifyResult, onlyIds: readonly string[] | null): Promise<void>
  /** Syncs the appended lines to the disk, so that they survive a power cut. */
  sync(): void
}

/** Creates the journal of the library at `root`. */
export function createJournal({
  root,
  program,
  clock,
  log,
}: Pick<Ports, 'program' | 'clock' | 'log'> & { root: string }): Journal {
  const written = new Set<string>()
  const append = (kind: 'events' | 'verify', record: Omit<EventRecord, 'at' | 'agent'> | VerifyFacts): void => {
    const at = clock()
    const path = join(root, 'log', `${kind}-${at.getUTCFullYear()}.jsonl`)
    try {
      if (!written.has(path)) mkdirSync(join(root, 'log'), { recursive: true })
      appendLine(path, JSON.stringify({ at: at.toISOString(), agent: program, ...record }))
      written.add(path)
    } catch (thrown) {
      log.warn('journal: not written', thrown)
    }
  }
  const recordEvent = (event: LoggedEvent): void => append('events', event)
  return {
    recordEvent,
    async recordVerification({ checked, damaged }, onlyIds) {
      if (!(await exists(join(root, 'bulletins')))) return
      append('verify', { only: onlyIds === null ? null : [...onlyIds], checked, damaged })
      recordEvent({
        type: 'validation',
        object: onlyIds?.join(' ') ?? 'library',
        outcome: damaged.length === 0 ? 'success' : 'failure',
        detail: `checked: ${checked}, damaged: ${damaged.length}`,
      })
    },
    sync() {
      for (const path of written) syncOrWarn(path, log)
      written.clear()
    },
  }
}

type VerifyFacts = Omit<VerifyRecord, 'at' | 'agent'>

/** Appends a line to a file. If a crash cut off the last line of the file, adds the missing line break first. */
function appendLine(path: string, line: string): void {
  const file = openPlainFileForAppending(path)
  try {
    const { size } = fstatSync(file)
    const last = Buffer.alloc(1)
    const isCut = size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
    writeAll(file, Buffer.from(`${isCut ? '\n' : ''}${line}\n`))
  } finally {
    closeSync(file)
  }
}

function syncOrWarn(path: string, log: Ports['log']): void {
  try {
    const file = openSync(path, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (thrown) {
    log.warn('journal: not synced', thrown)
  }
}
