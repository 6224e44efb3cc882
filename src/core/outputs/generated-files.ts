import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { AppError } from '../../shared/errors'
import { asWriteError, writeNewFile } from '../files'
import { nodeCrypto } from '../node-crypto'

/** A file that a print or export job made. */
export interface GeneratedFile {
  /** What it is to be called where it is saved. */
  name: string
  /** Address of its bytes among the program's pages. */
  path: string
}

/** A file a print job made. */
export interface PrintedFile extends GeneratedFile {
  pages: number
}

/** What print and export jobs have made; kept in a temporary folder until newer jobs take its place, never in the library. */
export interface GeneratedFiles {
  /** A place for the files of one job. */
  begin(): JobFiles
  /** The bytes and name of a made file. Throws `file-not-found` where it is no longer kept. */
  read(key: string, file: number): Promise<{ bytes: Uint8Array; name: string }>
  close(): Promise<void>
}

/** Where one job puts its files. */
export interface JobFiles {
  /** Throws `disk-full`, `write-failed`. */
  put(name: string, bytes: Uint8Array): Promise<GeneratedFile>
  /** Takes everything back: the job was cancelled or failed. */
  drop(): Promise<void>
}

/** Jobs whose files are kept: previews follow each other quickly, and only the last ones are looked at. */
const maxJobs = 6

/** Starts with nothing; the folder is made when first needed and removed by `close`. */
export function createGeneratedFiles(): GeneratedFiles {
  const jobs = new Map<string, { name: string; path: string }[]>()
  let folder: Promise<string> | null = null
  const drop = async (key: string): Promise<void> => {
    const files = jobs.get(key) ?? []
    jobs.delete(key)
    for (const { path } of files) await rm(path, { force: true })
  }
  return {
    begin() {
      const key = nodeCrypto().randomUUID()
      const files: { name: string; path: string }[] = []
      return {
        async put(name, bytes) {
          folder ??= mkdtemp(join(tmpdir(), 'bantin-print-'))
          const ending = extname(name)
          const path = join(await folder, `${key}-${files.length}${ending}`)
          try {
            writeNewFile(path, bytes)
          } catch (thrown) {
            await rm(path, { force: true })
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
      if (found === undefined) throw new AppError('file-not-found', 'print: no longer kept', { name: `${key}/${file}` })
      return { bytes: await readFile(found.path), name: found.name }
    },
    async close() {
      if (folder !== null) await rm(await folder, { recursive: true, force: true })
    },
  }
}
