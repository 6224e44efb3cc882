// Measures how long a hostile input keeps the program from answering. Sends every input of hostile-inputs.mjs through
// the methods of the contract. A timer measures the CPU time of the main thread between two of its ticks. The largest
// value is the longest time in which no other client got an answer. CPU time is measured, because the clock would also
// count the other programs of the machine. The control does the same work without threads.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { root } from '../scripts/project.mjs'
import { loadCore } from './core.mjs'
import { collection, hostile } from './hostile-inputs.mjs'
import { ms } from './measure.mjs'

const maxFreezeMs = 100
/** The number of worst inputs that a row of the table names. */
const namedCount = 3

export async function measure() {
  const core = await loadCore()
  const workers = {
    parsing: join(root, 'out', 'main', 'parsing-worker.js'),
    index: join(root, 'out', 'main', 'index-worker.js'),
  }
  const rows = []
  const memory = { peak: 0, end: 0 }
  for (const [title, inputs] of [
    [
      'own hostile inputs',
      { files: hostile.files, answers: hostile.answers, robots: hostile.robots, lists: hostile.lists },
    ],
    ['collected feeds and encodings', { ...collection, robots: {}, lists: {} }],
  ]) {
    if (Object.values(inputs).every((each) => Object.keys(each).length === 0)) continue
    const freezes = await measureAll(core, workers, inputs, memory, {
      isOneProgram: inputs.answers === collection.answers,
    })
    rows.push(rowOf(`longest freeze, ${title} (${freezes.length})`, freezes, maxFreezeMs))
  }
  const control = {
    files: pick(hostile.files, ['a law of 6,000 paragraphs.html']),
    answers: pick(hostile.answers, ['sitemap with 50,000 pages']),
    robots: {},
    lists: {},
  }
  const without = await measureAll(core, null, control, memory)
  rows.push({
    ...rowOf('control: the same without threads (2)', without, 0),
    goal: `> ${maxFreezeMs} ms`,
    pass: without.every(({ freezeMs }) => freezeMs > maxFreezeMs),
  })
  const mb = (value) => `${Math.round(value / 1024 / 1024)} MB`
  rows.push({
    name: 'memory of the whole program after the inputs',
    value: mb(memory.end),
    goal: '≤ 600 MB',
    pass: memory.end <= 600 * 1024 * 1024,
    note: `peak ${mb(memory.peak)}`,
  })
  return rows
}

function rowOf(name, freezes, goalMs) {
  const worst = freezes.toSorted((a, b) => b.freezeMs - a.freezeMs)
  return {
    name,
    value: ms(worst[0]?.freezeMs ?? 0),
    goal: `≤ ${goalMs} ms`,
    pass: worst.every(({ freezeMs }) => freezeMs <= goalMs),
    note: worst
      .slice(0, namedCount)
      .map((each) => `${each.name} ${ms(each.freezeMs)} (${each.result})`)
      .join(', '),
  }
}

/**
 * Sends each input through the program and returns the longest freeze that it causes. Each input gets a new program, or
 * all inputs get the same one if `isOneProgram` is true.
 */
async function measureAll(core, workers, { files, answers, robots, lists }, memory, { isOneProgram = false } = {}) {
  const freezes = []
  const open = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bantin-freeze-'))
    const app = await core.createApp(
      core.quietPorts('bench', { library: join(folder, 'library'), config: join(folder, 'config') }),
      {
        access: 'write',
        offerSample: false,
        workers,
        polite: { ...core.politeLimits, delayMs: 0 },
      },
    )
    // A harmless import and a first discovery load the code of the program and the certificates of the system, so that
    // this work does not count as a freeze of a hostile input.
    await importFile(
      app,
      'first.txt',
      new Uint8Array(Buffer.from('Tin\nMột đoạn văn của bản tin thứ nhất, đủ dài để đọc.')),
    )
    await job(app, 'startDiscover', { url: 'http://127.0.0.1:9/' })
    const close = async () => {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    }
    return { app, close }
  }
  const shared = isOneProgram ? await open() : null
  const run = async (name, work) => {
    const { app, close } = shared ?? (await open())
    try {
      const watch = startWatch()
      const result = await work(app)
      freezes.push({ name, freezeMs: watch.stop(), result })
      console.error(`  ${name}: ${ms(freezes.at(-1).freezeMs)}, ${result}`)
    } finally {
      if (shared === null) await close()
      memory.end = process.memoryUsage.rss()
      memory.peak = Math.max(memory.peak, process.resourceUsage().maxRSS * 1024)
    }
  }
  for (const [name, make] of Object.entries(files)) {
    const given = make()
    await run(name, (app) => importFile(app, name, given))
  }
  for (const [name, make] of Object.entries(lists)) {
    const text = Buffer.from(make()).toString('utf8')
    await run(name, async (app) => describe(await app.call('importSources', { text })))
  }
  await withServer(null, async (origin) => {
    for (const name of Object.keys(answers)) await run(name, (app) => follow(app, origin, name))
  })
  for (const name of Object.keys(robots))
    await withServer(name, (origin) => run(name, (app) => follow(app, origin, `x${'a'.repeat(4_000)}`)))
  await shared?.close()
  return freezes
}

async function withServer(robots, work) {
  const server = new Worker(new URL('./hostile-server.mjs', import.meta.url), { workerData: { robots } })
  const port = await new Promise((resolve) => server.once('message', resolve))
  try {
    await work(`http://127.0.0.1:${port}`)
  } finally {
    await server.terminate()
  }
}

/** Discovers the channels of an address, follows the address, and refreshes it twice for a few pages. */
async function follow(app, origin, name) {
  const url = `${origin}/${encodeURIComponent(name)}/`
  const found = await job(app, 'startDiscover', { url })
  const kind = found.result?.channels?.[0]?.kind ?? 'listing'
  const added = await app.call('addSource', { url, kind, channels: [{ url, kind }] })
  if (!added.ok) return describe(added)
  const sources = [added.value.source.id]
  await job(app, 'startRefresh', { sources, max: 3 })
  const refreshed = await job(app, 'startRefresh', { sources, max: 3 })
  return `${found.state}, ${refreshed.result?.sources?.[0]?.error?.code ?? refreshed.state}`
}

async function importFile(app, name, bytes) {
  const { value, ...uploaded } = await app.call('upload', { name, bytes })
  if (!uploaded.ok) return describe(uploaded)
  const { result } = await job(app, 'startImport', { handles: [value.handle], encoding: 'auto' })
  for (const { id } of result.added) await app.call('getBulletin', { id })
  return result.failed[0]?.code ?? `${result.added.length} added`
}

async function job(app, method, input) {
  const started = await app.call(method, input)
  if (!started.ok) throw new Error(`${method}: ${JSON.stringify(started.error)}`)
  for (;;) {
    const { value } = await app.call('getJob', { jobId: started.value.jobId })
    if (value.state !== 'running') return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const describe = (answer) => (answer.ok ? 'done' : answer.error.code)
const pick = (all, names) => Object.fromEntries(names.map((name) => [name, all[name]]))

/** Watches the main thread. `stop` returns the largest CPU time that the thread used between two ticks, in ms. */
function startWatch() {
  let maxMs = 0
  let last = process.threadCpuUsage()
  const tick = () => {
    const { user, system } = process.threadCpuUsage(last)
    last = process.threadCpuUsage()
    maxMs = Math.max(maxMs, (user + system) / 1000)
  }
  const timer = setInterval(tick, 2)
  return {
    stop() {
      clearInterval(timer)
      tick()
      return maxMs
    },
  }
}
