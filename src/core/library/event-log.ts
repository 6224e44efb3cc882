import { appendFile, mkdir } from 'node:fs/promises'
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
export async function logEvent(root: string, agent: string, at: Date, event: LoggedEvent): Promise<void> {
  await mkdir(join(root, 'log'), { recursive: true })
  const line = JSON.stringify({ at: at.toISOString(), agent, ...event })
  await appendFile(join(root, 'log', `events-${at.getUTCFullYear()}.jsonl`), `${line}\n`)
}
