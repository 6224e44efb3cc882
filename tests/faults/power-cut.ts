import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** A call that changed a file or folder, as disk-faults.c recorded it. */
export interface RecordedCall {
  call: string
  path: string
  to: string
  at: number
  bytes: Buffer
}

/** Reads the log of disk-faults.c. */
export function readCalls(log: Buffer): RecordedCall[] {
  const calls: RecordedCall[] = []
  for (let from = 0; from < log.byteLength;) {
    const end = log.indexOf(10, from)
    const [call = '', path = '', to = '', at = '', size = ''] = log.subarray(from, end).toString('utf8').split('\t')
    from = end + 1 + Number(size)
    calls.push({ call, path, to, at: Number(at), bytes: log.subarray(end + 1, from) })
  }
  return calls
}

/**
 * What a power cut leaves of changes that were not synced. `nothing`: neither names nor bytes. `names`: the names, but no
 * bytes, as a file system that orders nothing may leave them. `everything`: as after the end of a process.
 */
export type Survival = 'nothing' | 'names' | 'everything'

interface StoredFile {
  written: Buffer
  synced: Buffer
  /** The number of the call that wrote the file last. It becomes the time of the file. */
  writtenAt: number
}
/** The entries of a folder. */
type Names = Map<string, Entry>
type Entry = { kind: 'file'; file: StoredFile } | { kind: 'folder'; now: Names; synced: Names }

/** The time of the first call, in seconds since 1970. */
const firstTime = 1_790_000_000

/** Replays recorded calls below `root`, and writes what a power cut after the last of them leaves to `target`. */
export function replay(calls: readonly RecordedCall[], root: string, survival: Survival, target: string): void {
  const top: Extract<Entry, { kind: 'folder' }> = { kind: 'folder', now: new Map(), synced: new Map() }
  const find = (path: string): Entry | undefined => {
    let at: Entry | undefined = top
    for (const name of relative(root, path)
      .split('/')
      .filter((part) => part !== ''))
      at = at?.kind === 'folder' ? at.now.get(name) : undefined
    return at
  }
  const namesAround = (path: string): Names => {
    const parent = find(dirname(path))
    if (parent?.kind !== 'folder') throw new Error(`no folder for ${path}`)
    return parent.now
  }
  const nameOf = (path: string): string => path.slice(dirname(path).length + 1)
  for (const [number, { call, path, to, at, bytes }] of calls.entries()) {
    const entry = find(path)
    if (call === 'mkdir' && path !== root) {
      namesAround(path).set(nameOf(path), { kind: 'folder', now: new Map(), synced: new Map() })
    } else if (call === 'create' && entry === undefined)
      namesAround(path).set(nameOf(path), {
        kind: 'file',
        file: { written: Buffer.alloc(0), synced: Buffer.alloc(0), writtenAt: number },
      })
    else if (call === 'unlink' || call === 'rmdir') namesAround(path).delete(nameOf(path))
    else if (call === 'rename' && entry !== undefined) {
      namesAround(path).delete(nameOf(path))
      namesAround(to).set(nameOf(to), entry)
    } else if (call === 'link' && entry !== undefined) namesAround(to).set(nameOf(to), entry)
    else if (call === 'sync' && entry?.kind === 'folder') entry.synced = new Map(entry.now)
    else if (entry?.kind === 'file') {
      const { file } = entry
      if (call === 'sync') file.synced = file.written
      else file.writtenAt = number
      if (call === 'truncate') file.written = Buffer.concat([file.written, Buffer.alloc(at)]).subarray(0, at)
      if (call === 'write') {
        const before = Buffer.concat([file.written, Buffer.alloc(Math.max(0, at - file.written.byteLength))])
        file.written = Buffer.concat([before.subarray(0, at), bytes, before.subarray(at + bytes.byteLength)])
      }
    }
  }
  const write = (names: Names, folder: string): void => {
    mkdirSync(folder, { recursive: true })
    for (const [name, entry] of names)
      if (entry.kind === 'folder') write(survival === 'nothing' ? entry.synced : entry.now, join(folder, name))
      else {
        const { written, synced, writtenAt } = entry.file
        writeFileSync(join(folder, name), survival === 'everything' ? written : synced)
        // Recovery compares the times of files.
        utimesSync(join(folder, name), firstTime + writtenAt, firstTime + writtenAt)
      }
  }
  write(survival === 'nothing' ? top.synced : top.now, target)
}
