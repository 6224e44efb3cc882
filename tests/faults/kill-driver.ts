import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'vite'
import { backupManifest, readArchive } from '../../src/core/library/backup/read-archive'
import { sha256 } from '../../src/core/library/store/identity'
import type { Library } from '../../src/core/library/library'
import { parseManifest } from '../../src/core/library/store/manifest'

const root = join(import.meta.dirname, '..', '..')

/** What one round found; all empty where nothing was lost and nothing left. */
export interface Round {
  acknowledged: number
  /** Migrations and backups it said were done. */
  migrated: number
  backedUp: number
  lost: string[]
  damaged: string[]
  leftovers: string[]
}

/** The library of the program as its hosts open it, for the check after a kill. */
export interface Reopened {
  texts: Map<string, string>
  damaged: string[]
}

/** All that the next start finds in a library, which is closed then. */
export async function readWhole(library: Library): Promise<Reopened> {
  const texts = new Map<string, string>()
  for (const inTrash of [false, true])
    for (const { id } of (await library.list(inTrash ? { inTrash } : {}, 0, 1000)).items) {
      const { url, bodyText } = await library.get(id)
      texts.set(url ?? id, bodyText)
    }
  const { damaged } = await library.verify({})
  await library.close()
  return { texts, damaged: damaged.map(({ file, problem }) => `${problem} ${file}`) }
}

/** Bundles a process of this folder, once for all its runs; returns its file. */
export async function bundle(name: 'work-process' | 'writer-process' | 'refresh-process'): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'bantin-faults-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(root, 'tests', 'faults', `${name}.ts`), outDir, target: 'node24', minify: false },
  })
  const file = (await readdir(outDir)).find((built) => built === `${name}.js` || built === `${name}.mjs`)
  if (file === undefined) throw new Error('nothing was bundled')
  return join(outDir, file)
}

/**
 * Lets a process work on the library and kills it (SIGKILL) `ms` after its start, or after it has opened the library
 * (recovered, migrated); then opens the library as the next start does and compares with what was acknowledged.
 */
export async function killRound(
  work: string,
  library: string,
  {
    ms,
    after,
    seed,
    careless,
    reopen,
  }: { ms: number; after: 'start' | 'opening'; seed: number; careless: boolean; reopen(): Promise<Reopened> },
): Promise<Round> {
  const child = spawn(process.execPath, [work, library, String(seed), careless ? 'careless' : ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = linesOf(child)
  if (after === 'opening' && child.stdout !== null) await Promise.race([once(child.stdout, 'data'), said])
  await sleep(ms)
  child.kill('SIGKILL')
  const lines = await said
  const { texts, damaged } = await reopen()

  const stored = new Map<string, string>()
  const uncertain = new Set<string>()
  const ids = new Map<string, string>()
  for (const line of lines) {
    const { id, stored: address, text = '', deleting } = line
    if (id !== undefined && address !== undefined) ids.set(id, address)
    if (address !== undefined) {
      stored.set(address, text)
      uncertain.delete(address)
    }
    // From here it may be anywhere: trash, back, or gone. What is acknowledged of it later counts again.
    if (deleting !== undefined) uncertain.add(ids.get(deleting) ?? '')
  }
  const lost = [...stored].filter(([address, text]) => {
    if (uncertain.has(address)) return false
    const now = texts.get(address)
    // A later revision may have been stored without its acknowledgement getting through: it is newer, not lost.
    return now === undefined || (now !== text && versionOf(now) < versionOf(text))
  })
  const backups = [
    `${library}.bantin`,
    ...(await readdir(join(library, 'backups')).catch(() => [])).map((name) => join(library, 'backups', name)),
  ]
  const broken = await Promise.all(backups.map(async (file) => ((await isWholeOrAbsent(file)) ? [] : [file])))
  return {
    acknowledged: stored.size,
    migrated: lines.filter(({ format }) => format !== undefined).length,
    backedUp: lines.filter(({ backedUp }) => backedUp === true).length,
    lost: [...lost.map(([address]) => address), ...(await lostSteps(library, lines))],
    damaged: [...damaged, ...broken.flat()],
    leftovers: await leftovers(library),
  }
}

/** When a round's process is killed: half of them while it starts, recovers and migrates, half in its work. */
export function momentOf(round: number): { ms: number; after: 'start' | 'opening' } {
  const ms = (round * 83) % 400
  return round % 4 < 2 ? { ms: 100 + ms, after: 'start' } : { ms, after: 'opening' }
}

/** What the process said of formats and backups, and is not so. */
async function lostSteps(library: string, lines: readonly Said[]): Promise<string[]> {
  const about = JSON.parse(await readFile(join(library, 'library.json'), 'utf8')) as { format: string }
  const formats = lines.flatMap(({ format }) => (format === undefined ? [] : [format]))
  const backup = await readFile(`${library}.bantin`).catch(() => null)
  return [
    ...formats.filter((format) => format !== about.format).map((format) => `format ${format}`),
    ...(lines.some(({ backedUp }) => backedUp === true) && backup === null ? ['backup'] : []),
  ]
}

/** A backup has its name only once it is whole: every entry as its last one, the manifest, says. */
async function isWholeOrAbsent(file: string): Promise<boolean> {
  const hashes = new Map<string, string>()
  let wanted: ReadonlyMap<string, string> | null = null
  try {
    for await (const { path, bytes } of readArchive(file)) {
      if (path === backupManifest) wanted = parseManifest(bytes.toString('utf8'))
      else hashes.set(path, sha256(bytes))
    }
  } catch {
    return !(await stat(file).then(
      () => true,
      () => false,
    ))
  }
  return wanted !== null && [...wanted].every(([path, hash]) => hashes.get(path) === hash)
}

function versionOf(text: string): number {
  return Number(/^Bản (\d+) /.exec(text)?.[1] ?? -1)
}

/** A line the working process says. */
interface Said {
  stored?: string
  id?: string
  text?: string
  deleting?: string
  format?: string
  backedUp?: boolean
}

async function linesOf(child: ChildProcess): Promise<Said[]> {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part))
  await once(child, 'close')
  // The last line may have been cut by the kill: then nobody was told.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said)
}

/** What a killed writer may leave and the next start must have cleared. */
async function leftovers(library: string): Promise<string[]> {
  const found = await readdir(library, { recursive: true })
  const staged = found.filter((path) => /(?:^|[\\/])tmp[\\/]|\.next$|library\.lock\.|\.part$/.test(path))
  const lock = await readFile(join(library, 'library.lock')).then(
    () => ['library.lock'],
    () => [],
  )
  return [...staged, ...lock]
}
