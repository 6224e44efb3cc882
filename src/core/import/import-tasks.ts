import type { Task } from '../threads/task'
import type { ZippedPage } from './zipped-pages'

/** Splits a JSON file into its bulletins. See {@link ./json-array.splitJsonArray}. */
export const splitJsonTask: Task<{ bytes: Uint8Array; name: string }, Uint8Array[] | null> = {
  name: 'split-json',
  limits: { maxCpuMs: 10_000 },
}

/** Opens an archive of saved pages. See {@link ./zipped-pages.openZippedPages}. */
export const openZipTask: Task<{ bytes: Uint8Array; name: string }, ZippedPage[] | null> = {
  name: 'open-zip',
  limits: { maxCpuMs: 30_000 },
}
