import { extname } from 'node:path'
import { AppError } from '../../shared/errors'
import { nodeCrypto } from '../node-crypto'
import type { GeneratedFiles } from './generated-files'

/** The maximum size of all files together, in bytes. */
const maxTotalBytes = 128 * 1024 * 1024

/** A file, and the HTML page of a PDF that is the print of that page. */
interface StoredFile {
  name: string
  bytes: Uint8Array
  edition: string | null
}

/**
 * Creates a store that keeps the files of print and export jobs in memory, so that jobs of guests write nothing to the
 * disk of the host. If the files exceed `maxBytes` together, the files of the oldest jobs are dropped.
 */
export function createMemoryFiles(maxBytes: number = maxTotalBytes): GeneratedFiles {
  const jobs = new Map<string, StoredFile[]>()
  const sizeOf = (files: readonly StoredFile[]): number =>
    files.reduce((sum, { bytes, edition }) => sum + bytes.byteLength + (edition?.length ?? 0), 0)
  const dropOldest = (): void => {
    let total = sizeOf([...jobs.values()].flat())
    for (const [key, files] of [...jobs].slice(0, -1)) {
      if (total <= maxBytes) return
      total -= sizeOf(files)
      jobs.delete(key)
    }
  }
  return {
    begin() {
      const key = nodeCrypto().randomUUID()
      const files: StoredFile[] = []
      return {
        put(name, bytes, edition) {
          if (sizeOf(files) + bytes.byteLength + (edition?.length ?? 0) > maxBytes) {
            const details = { max: 1, maxMb: Math.floor(maxBytes / 2 ** 20) }
            return Promise.reject(new AppError('output-too-large', 'memory files: too large', details))
          }
          files.push({ name, bytes, edition: edition ?? null })
          jobs.set(key, files)
          dropOldest()
          return Promise.resolve({ name, path: `/prints/${key}/${files.length - 1}${extname(name)}` })
        },
        drop() {
          jobs.delete(key)
          return Promise.resolve()
        },
      }
    },
    read(key, file) {
      const found = jobs.get(key)?.[file]
      if (found !== undefined) return Promise.resolve(found)
      const name = `${key}/${file}`
      return Promise.reject(new AppError('file-not-found', 'read generated file: dropped', { name }))
    },
    readEdition(key, file) {
      const edition = jobs.get(key)?.[file]?.edition
      if (typeof edition === 'string') return Promise.resolve(edition)
      const name = `${key}/${file}`
      return Promise.reject(new AppError('file-not-found', 'read edition: no such page', { name }))
    },
    close() {
      jobs.clear()
      return Promise.resolve()
    },
  }
}
