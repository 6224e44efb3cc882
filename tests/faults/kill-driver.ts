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
import { type Findings, findDoubled, type LibraryModel, type OutputLine } from './library-model'

export { createLibraryModel } from './library-model'

const root = join(import.meta.dirname, '..', '..')

/** What the killed process does. Every mode except `honest` is a control, which breaks one promise on purpose. */
export type WorkMode = 'honest' | 'acknowledges-early' | 'overwrites' | 'doubles' | 'leaves-files'

/** The result of one round. Each list is empty if nothing was lost, overwritten, stored twice, damaged or left over. */
export interface Round extends Findings {
  acknowledged: number
  /** The number of migrations, backups and rebuilds of the index that the process reported as done. */
  migrated: number
  backedUp: number
  rebuilt: number
  /** Calls that failed and lists that were incomplete. */
  wrong: string[]
  damaged: string[]
  leftovers: string[]
}

/** The content of a library that was opened again after a kill. */
export interface Reopened {
  listed: { bulletins: number; trash: number }
  damaged: string[]
}

/** Reads the lists of a library and every bulletin in them, verifies the library and closes it. */
export async function readWhole(library: Library): Promise<Reopened> {
  const totals: number[] = []
  for (const inTrash of [false, true]) {
    const { total, items } = await library.list(inTrash ? { inTrash } : {}, 0, 500)
    for (const { id } of items) await library.get(id)
    totals.push(total)
  }
  const { damaged } = await library.verify({})
  await library.close()
  const [bulletins = 0, trash = 0] = totals
  return { listed: { bulletins, trash }, damaged: damaged.map(({ file, problem }) => `${problem} ${file}`) }
}

/** Bundles the script of a process in this folder. Returns the path of the bundle, which can run many times. */
export async function bundle(name: `${string}-process` | 'power-cut-replay'): Promise<string> {
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
 * Runs a process that works on a library, and kills it (SIGKILL) `ms` after its start, or `ms` after it has opened the
 * library. Opening includes recovery and migration. Then opens the library again and compares it with every change that
 * this process and earlier ones have reported as done (`model`).
 */
export async function killRound(
  work: string,
  library: string,
  {
    ms,
    after,
    seed,
    mode,
    model,
    reopen,
  }: {
    ms: number
    after: 'start' | 'opening'
    seed: number
    mode: WorkMode
    model: LibraryModel
    reopen(): Promise<Reopened>
  },
): Promise<Round> {
  const child = spawn(process.execPath, [work, library, String(seed), mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  const output = readLines(child)
  if (after === 'opening' && child.stdout !== null) await Promise.race([once(child.stdout, 'data'), output])
  await sleep(ms)
  child.kill('SIGKILL')
  const lines = await output
  // Bulletins that are stored twice are counted before the library is opened, because opening merges their folders.
  const doubled = await findDoubled(library)
  const { listed, damaged } = await reopen()

  const wrong = model.acknowledge(lines)
  const findings = await model.compare(library)
  // After the comparison, the counts of the model are those of the stored documents.
  wrong.push(...model.acknowledge([{ listed }]))
  const backups = [
    `${library}.bantin`,
    ...(await readdir(join(library, 'backups')).catch(() => [])).map((name) => join(library, 'backups', name)),
  ]
  const broken = await Promise.all(backups.map(async (file) => ((await isWholeOrAbsent(file)) ? [] : [file])))
  return {
    acknowledged: lines.filter(({ done }) => done !== undefined).length,
    migrated: lines.filter(({ format }) => format !== undefined).length,
    backedUp: lines.filter(({ backedUp }) => backedUp === true).length,
    rebuilt: lines.filter(({ rebuilt }) => rebuilt === true).length,
    lost: [...findings.lost, ...(await findLostSteps(library, lines))],
    overwritten: findings.overwritten,
    doubled: [...doubled, ...findings.doubled],
    wrong,
    damaged: [...damaged, ...broken.flat()],
    leftovers: await findLeftovers(library),
  }
}

/**
 * Returns when the process of a round is killed. In half of the rounds the process is starting, recovering and
 * migrating. In the other half it is working.
 */
export function momentOf(round: number): { ms: number; after: 'start' | 'opening' } {
  return round % 4 < 2
    ? { ms: 100 + ((round * 83) % 400), after: 'start' }
    : { ms: (round * 83) % 1200, after: 'opening' }
}

/** Returns the migrations and backups that the process reported as done but that are missing. */
async function findLostSteps(library: string, lines: readonly OutputLine[]): Promise<string[]> {
  const about = JSON.parse(await readFile(join(library, 'library.json'), 'utf8')) as { format: string }
  const formats = lines.flatMap(({ format }) => (format === undefined ? [] : [format]))
  const backup = await readFile(`${library}.bantin`).catch(() => null)
  return [
    ...formats.filter((format) => format !== about.format).map((format) => `format ${format}`),
    ...(lines.some(({ backedUp }) => backedUp === true) && backup === null ? ['backup'] : []),
  ]
}

/** Whether a backup is either missing or complete. In a complete backup, every entry has the hash in the manifest. */
async function isWholeOrAbsent(file: string): Promise<boolean> {
  const hashes = new Map<string, string>()
  let manifest: ReadonlyMap<string, string> | null = null
  try {
    for await (const { path, bytes } of readArchive(file)) {
      if (path === backupManifest) manifest = parseManifest(bytes.toString('utf8'))
      else hashes.set(path, sha256(bytes))
    }
  } catch {
    return !(await stat(file).then(
      () => true,
      () => false,
    ))
  }
  return manifest !== null && [...manifest].every(([path, hash]) => hashes.get(path) === hash)
}

async function readLines(child: ChildProcess): Promise<OutputLine[]> {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part))
  await once(child, 'close')
  // The kill may have cut off the last line, so a line without an end is ignored.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as OutputLine)
}

/** Returns the files that a killed writer has left and that the next start should have deleted. */
async function findLeftovers(library: string): Promise<string[]> {
  const found = await readdir(library, { recursive: true })
  const staged = found.filter((path) =>
    /(?:^|[\\/])tmp[\\/]|\.next$|\.new(?:-wal|-shm)?$|library\.lock\.|\.part$/.test(path),
  )
  const lock = await readFile(join(library, 'library.lock')).then(
    () => ['library.lock'],
    () => [],
  )
  return [...staged, ...lock]
}
