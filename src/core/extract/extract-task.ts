import type { Task } from '../threads/task'
import type { Extraction, ReceivedPage } from './extraction'

/**
 * Extracts one page. See {@link ./extract.extractBulletin} for its errors. A law of 2 MB needs a few seconds, and an old
 * laptop several times as long.
 */
export const extractTask: Task<ReceivedPage, Extraction> = { name: 'extract', limits: { maxCpuMs: 20_000 } }
