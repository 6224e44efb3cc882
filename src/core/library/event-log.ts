import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** What happened to something kept, in PREMIS's words (FORMAT, Events). */
export interface LoggedEvent {
  type: 'capture' | 'validation' | 'recovery' | 'ingestion' | 'modification' | 'deletion' | 'migration'
  /** Bulletin id, folder or file the event is about. */
  object: string
  outcome: 'success' | 'failure'
  detail: string
}

/** Appends to `log/events-<year>.jsonl`, one JSON object a line. Throws the system's error. */
export function logEvent(root: string, agent: string, at: Date, event: LoggedEvent): void {
  mkdirSync(join(root, 'log'), { recursive: true })
  const line = JSON.stringify({ at: at.toISOString(), agent, ...event })
  appendFileSync(join(root, 'log', `events-${at.getUTCFullYear()}.jsonl`), `${line}\n`)
}
