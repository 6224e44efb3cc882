import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { AppError } from '../../shared/errors'
import { asWriteError, writeNewFile } from '../files'
import { nodeCrypto } from '../node-crypto'
import type { GeneratedFile } from '../ports'
import { createTemporaryFolder } from '../temporary-folders'

/**
 * The files of print and export jobs. The files stay in a temporary folder outside the library until newer jobs replace
 * them.
 */
export interface GeneratedFiles {
  /** Begins the files of one job. */
  begin(): JobFiles
  /** Returns the bytes and the name of a file. Throws `file-not-found` if newer jobs have replaced the file. */
  read(key: string, file: number): Promise<{ bytes: Uint8Array; name: string }>
  /** Returns the page that a PDF was printed from. Throws `file-not-found` if the PDF has no such page. */
  readEdition(key: string, file: number): Promise<string>
  /** Deletes the temporary folder. */
  close(): Promise<void>
}

/** The place to store the files of one job. */
export interface JobFiles {
  /**
   * Stores one file of the job. `edition` is the HTML page of a PDF that is the print of that page. Throws `disk-full`
   * and `write-failed`.
   */
  put(name: string, bytes: Uint8Array, edition?: string): Promise<GeneratedFile>
  /** Deletes all files of the job, because the job failed or was cancelled. */
  drop(): Promise<void>
}

/**
 * The maximum number of jobs whose files are kept. The number is small, because the user needs only the latest
 * previews.
 */
const maxJobs = 6

/** Creates an empty store. The store creates the temporary folder when a job stores the first file. */
export function createGeneratedFiles(): GeneratedFiles {
  const jobs = new Map<string, { name: string; path: string }[]>()
  let folder: string | null = null
  const drop = async (key: string): Promise<void> => {
    const files = jobs.get(key) ?? []
    jobs.delete(key)
    for (const { path } of files) for (const each of [path, editionPath(path)]) await rm(each, { force: true })
  }
  return {
    begin() {
      const key = nodeCrypto().randomUUID()
      const files: { name: string; path: string }[] = []
      return {
        async put(name, bytes, edition) {
          const ending = extname(name)
          let path = tmpdir()
          try {
            folder ??= createTemporaryFolder('print')
            path = join(folder, `${key}-${files.length}${ending}`)
            writeNewFile(path, bytes)
            if (edition !== undefined) writeNewFile(editionPath(path), Buffer.from(edition))
          } catch (thrown) {
            if (folder !== null) for (const each of [path, editionPath(path)]) await rm(each, { force: true })
            throw asWriteError(thrown, 'print', path)
          }
          files.push({ name, path })
          if (!jobs.has(key)) jobs.set(key, files)
          for (const old of [...jobs.keys()].slice(0, -maxJobs)) await drop(old)
          return { name, path: `/prints/${key}/${files.length - 1}${ending}` }
        },
        drop: () => drop(key),
      }
    },
    async read(key, file) {
      const found = jobs.get(key)?.[file]
      if (found === undefined)
        throw new AppError('file-not-found', 'read generated file: newer jobs have replaced it', {
          name: `${key}/${file}`,
        })
      return { bytes: await readFile(found.path), name: found.name }
    },
    async readEdition(key, file) {
      const found = jobs.get(key)?.[file]
      const html = found === undefined ? null : await readFile(editionPath(found.path), 'utf8').catch(() => null)
      if (html === null) throw new AppError('file-not-found', 'read edition: no such page', { name: `${key}/${file}` })
      return html
    },
    async close() {
      if (folder !== null) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The path of the page that a PDF was printed from. */
function editionPath(path: string): string {
  return `${path}.html`
}
