import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/** What one round found; all empty where nothing was lost and nothing left. */
export interface Round {
  acknowledged: number
  lost: string[]
  damaged: string[]
  leftovers: string[]
}

/** The library of the program as its hosts open it, for the check after a kill. */
export interface Reopened {
  texts: Map<string, string>
  damaged: string[]
}

/** Bundles the working process, once for all rounds; returns its file. */
export async function bundleWork(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'bantin-faults-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(root, 'tests', 'faults', 'work.ts'), outDir, target: 'node24', minify: false },
  })
  const file = (await readdir(outDir)).find((name) => /^work\.m?js$/.test(name))
  if (file === undefined) throw new Error('nothing was bundled')
  return join(outDir, file)
}

/**
 * Lets a process work on the library and kills it (SIGKILL) after `ms`; then opens the library as the next start does
 * and compares with what was acknowledged.
 */
export async function killRound(
  work: string,
  library: string,
  { ms, seed, careless, reopen }: { ms: number; seed: number; careless: boolean; reopen(): Promise<Reopened> },
): Promise<Round> {
  const child = spawn(process.execPath, [work, library, String(seed), careless ? 'careless' : ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = linesOf(child)
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
  return {
    acknowledged: stored.size,
    lost: lost.map(([address]) => address),
    damaged,
    leftovers: await leftovers(library),
  }
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
