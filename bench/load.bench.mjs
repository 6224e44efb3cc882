// Fifty clients use the web host with 20,000 bulletins for a minute, at the speed of people: each client makes one call
// every two seconds. Measures the time from the call to the last byte of the answer. The host runs once for its owner
// (`serve`) and once for guests (`serve --read-only`).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { cli } from '../scripts/project.mjs'
import { corpus } from './corpus.mjs'
import { loadCore, openBenchLibrary } from './core.mjs'
import { percentile } from './measure.mjs'

const size = Number(process.env.BANTIN_LOAD_BULLETINS ?? 20_000)
const clientCount = Number(process.env.BANTIN_LOAD_CLIENTS ?? 50)
const seconds = Number(process.env.BANTIN_LOAD_SECONDS ?? 60)
const paceMs = 2000
const goals = { list: 200, open: 300, search: 500 }
/**
 * What the clients search for: names, common and rare words, words with and without diacritics, phrases and unfinished
 * words.
 */
const queries = [
  ...['bac kan', 'thi dua', 'nong thon', 'kinh te', 'Bắc Kạn', 'thi đua', 'nông thôn', 'Chợ Đồn', 'thi đua yêu nước'],
  ...['"phong trào thi đua"', 'ủy ban', 'xã -huyện', 'từ:2015 đảng viên', 'ba be', 'đẩy m', 'ph', 'công tác', 'người'],
]

export async function measure() {
  const core = await loadCore()
  const { folder } = corpus(core, size)
  await (await openBenchLibrary(core, folder)).close() // closing writes a missing index
  const rows = []
  for (const mode of [[], ['--read-only']]) rows.push(...(await measureHost(folder, mode)))
  return rows
}

async function measureHost(library, mode) {
  const config = mkdtempSync(join(tmpdir(), 'bantin-bench-'))
  const host = spawn(process.execPath, [cli, 'serve', ...mode, '--library', library], {
    env: { ...process.env, BANTIN_CONFIG: config },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(host, 'close')
  try {
    const [address] = await once(createInterface({ input: host.stdout }), 'line')
    const times = { list: [], open: [], search: [] }
    const errors = []
    const { origin } = new URL(address)
    const cpuBefore = cpuMs(host.pid)
    await Promise.all(
      Array.from({ length: clientCount }, (_, number) => runClient(address, origin, number, times, errors)),
    )
    const cpu = (cpuMs(host.pid) - cpuBefore) / seconds / 10
    const who = mode.length === 0 ? 'serve' : 'serve --read-only'
    const calls = Object.values(times).reduce((sum, each) => sum + each.length, 0)
    const note = `${calls} calls, ${cpu.toFixed(0)} % of one CPU; the machine's load decides these times`
    return [
      ...Object.entries(goals).map(([kind, goal]) => {
        const p95 = percentile(times[kind], 0.95)
        return {
          name: `${who}, ${clientCount} clients, ${size} bulletins: p95 of ${kind}`,
          value: `${Math.round(p95)} ms`,
          goal: `≤ ${goal} ms`,
          peer: `median ${Math.round(percentile(times[kind], 0.5))} ms, worst ${Math.round(Math.max(...times[kind]))} ms`,
          pass: p95 <= goal,
          ...(kind === 'list' ? { note } : {}),
        }
      }),
      {
        name: `${who}: calls that failed`,
        value: String(errors.length),
        goal: '0',
        pass: errors.length === 0,
        ...(errors.length === 0 ? {} : { note: [...new Set(errors)].slice(0, 5).join(' · ') }),
      },
    ]
  } finally {
    host.kill('SIGINT')
    await closed
    rmSync(config, { recursive: true, force: true })
  }
}

/** Runs one client. Every two seconds it lists bulletins, opens a bulletin of the last list, or searches. */
async function runClient(address, origin, number, times, errors) {
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const headers = { cookie, origin, 'content-type': 'application/json' }
  const stream = new AbortController()
  void fetch(`${origin}/api/events`, { headers: { cookie }, signal: stream.signal })
    .then((response) => response.text())
    .catch(() => undefined)
  let known = []
  const ask = async (kind, method, input) => {
    const startedAt = performance.now()
    try {
      const answer = await (
        await fetch(`${origin}/api/call`, { method: 'POST', headers, body: JSON.stringify({ method, input }) })
      ).json()
      if (!answer.ok) throw new Error(answer.error.code)
      times[kind].push(performance.now() - startedAt)
      return answer.value
    } catch (thrown) {
      errors.push(`${method}: ${thrown.message}`)
      return null
    }
  }
  const random = randomOf(number)
  await sleep(random() * paceMs)
  const endMs = performance.now() + seconds * 1000
  while (performance.now() < endMs) {
    const nextMs = performance.now() + paceMs * (0.75 + random() / 2)
    const dice = random()
    if (known.length === 0 || dice < 0.4) {
      const offset = Math.floor(random() ** 3 * size * 0.9)
      const list = await ask('list', 'listBulletins', { filter: {}, order: 'newest', offset, limit: 100 })
      known = list?.items.map(({ id }) => id) ?? known
    } else if (dice < 0.7) {
      await ask('open', 'getBulletin', { id: known[Math.floor(random() * known.length)] })
    } else {
      const query = queries[Math.floor(random() * queries.length)]
      const order = random() < 0.5 ? 'best' : 'newest'
      const found = await ask('search', 'searchBulletins', {
        query,
        filter: {},
        order,
        offset: 0,
        limit: 50,
        isTyping: true,
        mostCounted: 550,
      })
      if ((found?.items.length ?? 0) > 0) known = found.items.map(({ id }) => id)
    }
    await sleep(Math.max(0, nextMs - performance.now()))
  }
  stream.abort()
}

/** Returns a generator of random numbers from 0 to 1, which are the same in every run. */
function randomOf(seed) {
  let state = seed + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Returns the CPU time of a process in ms. Returns NaN on a system without /proc. */
function cpuMs(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return NaN
  }
}
