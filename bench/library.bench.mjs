// Measures libraries of 10,000 and 100,000 bulletins: the first rows from a newly started process, a rebuild of the
// index, and imports. Imports are compared with direct writes of the same files. Two other ways of storing bulletins
// are also measured.
import Nedb from '@seald-io/nedb'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { cli, root } from '../scripts/project.mjs'
import { additionOf, corpus, sizeOf } from './corpus.mjs'
import { loadCore, openBenchLibrary } from './core.mjs'
import { commandCpuMs, exponent, median, ms, times } from './measure.mjs'

const sizes = [10_000, 100_000]

export async function measure({ skip }) {
  if (process.platform !== 'linux') return skip('CPU time of children is read from /proc')
  const core = await loadCore()
  const rows = []
  const built = []
  for (const size of sizes) {
    const { folder, megabytes, minutes } = corpus(core, size)
    // Only the second rebuild is measured, because the first one also fills the file cache.
    if (!existsSync(join(folder, 'index.sqlite'))) rebuildIndex(folder)
    const rebuilt = rebuildIndex(folder)
    built.push([size, rebuilt.cpuMs, rebuilt.indexBytes])
    rows.push({
      name: `rebuild of the index of ${size.toLocaleString('en')}: CPU, peak memory`,
      value: `${(rebuilt.cpuMs / 1000).toFixed(1)} s, ${rebuilt.peakMb} MB`,
      goal: size === 100_000 ? '≤ 100 s, ≤ 300 MB' : null,
      pass: size === 100_000 ? rebuilt.cpuMs <= 100_000 && rebuilt.peakMb <= 300 : null,
      note: `corpus ${megabytes} MB, written in ${minutes.toFixed(1)} min; index ${Math.round(rebuilt.indexBytes / 1e6)} MB`,
    })
    rows.push(measureColdList(folder, size))
  }
  const [growthOfTime, growthOfSize] = [1, 2].map((at) => exponent([sizes[0], built[0][at]], [sizes[1], built[1][at]]))
  rows.push({
    name: 'growth 10k → 100k: index build, index size',
    value: `${growthOfTime.toFixed(2)}, ${growthOfSize.toFixed(2)}`,
    goal: '≤ 1.1, ≤ 1.1',
    pass: growthOfTime <= 1.1 && growthOfSize <= 1.1,
  })
  rows.push(await measureImports(core))
  rows.push(await measurePeers(core))
  return rows
}

/** Rebuilds the index of a library with the command line. */
function rebuildIndex(folder) {
  // The process itself reports its CPU time and memory, because the tool GNU time is not on every system.
  const code = `process.argv.splice(1, 0, ${JSON.stringify(cli)}); await import(${JSON.stringify(cli)});
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write('\\nUSED ' + JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: Math.round(maxRSS / 1024) }))`
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code, '--', 'reindex', '--library', folder],
    {
      encoding: 'utf8',
      env: { ...process.env, BANTIN_CONFIG: join(folder, '..', 'bantin-bench-config') },
      maxBuffer: 1e9,
    },
  )
  const used = /USED (.*)$/.exec(stderr)?.[1]
  if (used === undefined || status !== 0) throw new Error(`reindex ended with ${status}: ${stderr.slice(-500)}`)
  return { ...JSON.parse(used), indexBytes: sizeOf(join(folder, 'index.sqlite')) }
}

function measureColdList(folder, size) {
  const list = [cli, 'list', '--limit', '50', '--library', folder]
  commandCpuMs(process.execPath, list, { runs: 3 })
  const ratios = []
  const walls = []
  for (let round = 0; round < 5; round++) {
    const bare = commandCpuMs(process.execPath, ['-e', '0'], { runs: 10 })
    ratios.push(commandCpuMs(process.execPath, list, { runs: 10 }) / bare)
    for (let run = 0; run < 5; run++) {
      const startedAt = performance.now()
      spawnSync(process.execPath, list, { stdio: 'ignore' })
      walls.push(performance.now() - startedAt)
    }
  }
  const best = Math.min(...walls)
  const isGoal = size === 100_000
  return {
    name: `first 50 rows of ${size.toLocaleString('en')} from a cold process: CPU against a bare Node`,
    value: times(median(ratios)),
    goal: isGoal ? '≤ 3×' : null,
    pass: isGoal ? median(ratios) <= 3 : null,
    note: `best wall time ${ms(best)} (goal: 60 ms)`,
  }
}

/** Writes the same bytes in two ways: directly with fsync and rename, and through the library. */
async function measureImports(core) {
  const folder = mkdtempSync(join(root, 'bench', '.cache', 'import-'))
  const count = 200
  try {
    const ratios = []
    for (let round = 0; round < 5; round++) {
      const library = await openBenchLibrary(core, join(folder, `library-${round}`))
      const startedAt = performance.now()
      await library.batch(async () => {
        for (let number = 0; number < count; number++) await library.add(additionOf(round * count + number))
      })
      const imported = performance.now() - startedAt
      await library.close()
      const raw = join(folder, `raw-${round}`)
      mkdirSync(raw)
      const rawStartedAt = performance.now()
      for (let number = 0; number < count; number++) writeRaw(core, raw, round * count + number)
      ratios.push((performance.now() - rawStartedAt) / imported)
    }
    return {
      name: `durable import of ${count} against raw write, fsync and rename of the same files`,
      value: times(median(ratios)),
      goal: '≥ 0.8×',
      pass: median(ratios) >= 0.8,
      note: `rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; folder and file synced in both`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Writes the six files of a bulletin without the library. Each file is staged, synced and renamed, and then its folder
 * is synced. Every writer that survives a power cut needs these steps.
 */
function writeRaw(core, folder, number) {
  const addition = additionOf(number)
  const own = join(folder, String(number))
  mkdirSync(own)
  const revision = JSON.stringify(core.createRevision(addition, 1, 'first-capture', 'x', new Date()), undefined, '\t')
  const contents = [addition.bytes, 'c'.repeat(700), revision, 'b'.repeat(600), 'm'.repeat(450), revision]
  for (const [at, content] of contents.entries()) {
    const staged = join(folder, 'staged')
    const file = openSync(staged, 'w')
    writeSync(file, content)
    fsyncSync(file)
    closeSync(file)
    renameSync(staged, join(own, String(at)))
    const parent = openSync(own, 'r')
    fsyncSync(parent)
    closeSync(parent)
  }
}

/**
 * Measures one change in 10,000 bulletins for three ways of storing them: one document for each bulletin, one
 * electron-store for all bulletins, and nedb.
 */
async function measurePeers(core) {
  const folder = mkdtempSync(join(root, 'bench', '.cache', 'peers-'))
  const count = 10_000
  try {
    const { folder: library } = corpus(core, count)
    const own = await openBenchLibrary(core, library)
    const { items } = await own.list({}, 0, 20)
    const ownTimes = []
    for (const [at, { id }] of items.entries()) {
      const startedAt = performance.now()
      await own.mark([id], { starred: at % 2 === 0 })
      ownTimes.push(performance.now() - startedAt)
    }
    await own.close()

    const singleStore = new core.Conf({ cwd: folder, configName: 'one' })
    singleStore.store = Object.fromEntries(Array.from({ length: count }, (_, at) => [`b${at}`, additionOf(at).text]))
    const storeTimes = []
    for (let round = 0; round < 5; round++) {
      const startedAt = performance.now()
      singleStore.set('b5.starred', round % 2 === 0)
      storeTimes.push(performance.now() - startedAt)
    }

    const nedb = new Nedb({ filename: join(folder, 'nedb.db') })
    await nedb.loadDatabaseAsync()
    await nedb.insertAsync(Array.from({ length: count }, (_, at) => ({ _id: String(at), ...additionOf(at).text })))
    const nedbTimes = []
    for (let round = 0; round < 20; round++) {
      const startedAt = performance.now()
      await nedb.updateAsync({ _id: '5' }, { $set: { starred: round % 2 === 0 } })
      nedbTimes.push(performance.now() - startedAt)
    }
    return {
      name: 'one change among 10,000 stored bulletins (durable)',
      value: ms(median(ownTimes)),
      goal: null,
      peer: `one electron-store ${ms(median(storeTimes))}; nedb ${ms(median(nedbTimes))} (appended, not synced)`,
      pass: null,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
