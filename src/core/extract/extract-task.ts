import type { Task } from '../threads/task'
import type { Extraction, ReceivedPage } from './extraction'

/**
 * The thread task that extracts one page. See {@link ./extract.extractBulletin} for its errors. The time limit is long,
 * because a law of 2 MB needs a few seconds, and several times as long on an old computer.
 */
export const extractTask: Task<ReceivedPage, Extraction> = { name: 'extract', limits: { maxCpuMs: 20_000 } }
