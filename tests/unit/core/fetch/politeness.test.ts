import { describe, expect, it } from 'vitest'
import type { FetchAddress, FetchResult } from '../../../../src/core/fetch/fetch-result'
import { politeLimits, type Waiting } from '../../../../src/core/fetch/polite-limits'
import { createPoliteness, createUserFetch } from '../../../../src/core/fetch/politeness'
import { AppError, toErrorShape } from '../../../../src/shared/errors'

/** Time that goes on only when somebody sleeps and nobody else has anything left to do. */
function fakeTime(): Waiting {
  let now = 0
  const sleepers: { at: number; wake: () => void }[] = []
  const wakeNext = (): void => {
    sleepers.sort((a, b) => a.at - b.at)
    const next = sleepers.shift()
    if (next === undefined) return
    now = Math.max(now, next.at)
    next.wake()
  }
  return {
    nowMs: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new Error('aborted'))
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        sleepers.push({ at: now + ms, wake: () => resolve() })
        setTimeout(wakeNext, 1)
      }),
  }
}

interface World {
  fetchAddress: FetchAddress
  /** What was asked, and when. */
  asked: { path: string; atMs: number }[]
  mostAtOnce: () => number
}

/** A network of fake hosts: each request takes `tookMs`; `answer` may throw. */
function world(time: Waiting, tookMs: number, answer: (url: URL) => string): World {
  const asked: World['asked'] = []
  let [running, most] = [0, 0]
  return {
    asked,
    mostAtOnce: () => most,
    async fetchAddress(address, { signal }) {
      const url = new URL(address)
      asked.push({ path: `${url.host}${url.pathname}`, atMs: time.nowMs() })
      running += 1
      most = Math.max(most, running)
      try {
        await time.sleep(tookMs, signal)
        // Only the bytes are looked at by what is tested here.
        return { bytes: Buffer.from(answer(url)) } as unknown as FetchResult
      } finally {
        running -= 1
      }
    },
  }
}

const { signal } = new AbortController()

function noRobotsThere(url: URL): string {
  if (url.pathname === '/robots.txt') throw new AppError('page-not-found', 'fetch: 404', { status: 404 })
  return 'page'
}

describe('politeness', () => {
  it('asks one host one thing a second, two at once at most, and other hosts meanwhile', async () => {
    const time = fakeTime()
    const { fetchAddress, asked, mostAtOnce } = world(time, 5_000, noRobotsThere)
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const paths = ['a.vn/1', 'a.vn/2', 'a.vn/3', 'a.vn/4', 'b.vn/1']
    await Promise.all(paths.map((path) => polite.fetchAddress(`http://${path}`, { signal, obeysRobots: false })))
    expect(Object.fromEntries(asked.map(({ path, atMs }) => [path, atMs]))).toEqual({
      'a.vn/1': 0,
      'a.vn/2': 1_000,
      'a.vn/3': 5_000,
      'a.vn/4': 6_000,
      'b.vn/1': 0,
    })
    expect(mostAtOnce()).toBe(3)
  })

  it('lets who waits for an answer go before a refresh, within the same connections and without its delay, whatever robots.txt says', async () => {
    const time = fakeTime()
    const { fetchAddress, asked, mostAtOnce } = world(time, 1_500, (url) =>
      url.pathname === '/robots.txt' ? 'User-agent: *\nDisallow: /kin/' : 'page',
    )
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const asReader = createUserFetch(polite)
    const refresh = ['1', '2', '3', '4', '5'].map((name) => polite.fetchAddress(`http://a.vn/${name}`, { signal }))
    // Nobody waits before the first turns have begun.
    while (asked.length < 3) await time.sleep(100, signal)
    const reader = ['kin/x', 'kin/y'].map((name) => asReader(`http://a.vn/${name}`, { signal }))
    await Promise.all([...refresh, ...reader])
    const paths = asked.map(({ path }) => path.replace('a.vn', ''))
    expect(paths.slice(0, 3)).toEqual(['/robots.txt', '/1', '/2'])
    expect(paths.slice(3, 5)).toEqual(['/kin/x', '/kin/y'])
    expect(paths.slice(5)).toEqual(['/3', '/4', '/5'])
    expect(mostAtOnce()).toBe(2)
    const gaps = asked.slice(1).map(({ path, atMs }, at) => ({ path, gap: atMs - (asked[at]?.atMs ?? 0) }))
    const gapsBefore = (isReader: boolean): number[] =>
      gaps.filter(({ path }) => path.includes('/kin/') === isReader).map(({ gap }) => gap)
    // A refresh waits after the reader's request as after its own.
    expect(Math.min(...gapsBefore(false))).toBeGreaterThanOrEqual(politeLimits.delayMs)
    expect(Math.min(...gapsBefore(true))).toBeLessThan(politeLimits.delayMs)
    await expect(polite.fetchAddress('http://a.vn/kin/z', { signal })).rejects.toMatchObject({ code: 'robots-refused' })
  })

  it('obeys robots.txt, asked once for many pages, and its delay', async () => {
    const time = fakeTime()
    const robots = 'User-agent: bantin\nDisallow: /kin/\nAllow: /kin/mo$\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /'
    const { fetchAddress, asked } = world(time, 10, ({ pathname }) => (pathname === '/robots.txt' ? robots : 'page'))
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const ask = (path: string): Promise<unknown> => polite.fetchAddress(`http://a.vn${path}`, { signal })
    const [first, hidden] = await Promise.allSettled([ask('/1'), ask('/kin/2'), ask('/kin/mo')])
    expect(first.status).toBe('fulfilled')
    expect(hidden.status === 'rejected' ? toErrorShape(hidden.reason).code : null).toBe('robots-refused')
    expect(asked.map(({ path }) => path)).toEqual(['a.vn/robots.txt', 'a.vn/1', 'a.vn/kin/mo'])
    expect((asked[2]?.atMs ?? 0) - (asked[1]?.atMs ?? 0)).toBe(7_000)
  })

  it.each<[string, (url: URL) => string]>([
    ['a missing one', noRobotsThere],
    ['a page in its place', () => '<!doctype html><p>Disallow: /'],
    [
      'a server error in its place',
      ({ pathname }) => {
        if (pathname === '/robots.txt') throw new AppError('server-busy', 'fetch: 500', { status: 500 })
        return 'page'
      },
    ],
    [
      'an endless redirect in its place',
      ({ pathname }) => {
        if (pathname === '/robots.txt') throw new AppError('too-many-redirects', 'fetch: loop')
        return 'page'
      },
    ],
  ])('takes %s for a robots.txt that asks for nothing', async (_name, answer) => {
    const time = fakeTime()
    const { fetchAddress, asked } = world(time, 10, answer)
    await createPoliteness(fetchAddress, politeLimits, time).fetchAddress('http://a.vn/1', { signal })
    expect(asked.at(-1)?.path).toBe('a.vn/1')
  })

  it('leaves a busy host alone for as long as it asks, and gives one up that asks for ever', async () => {
    const time = fakeTime()
    let retryAfterSeconds = 90
    let busy = 1
    const { fetchAddress, asked } = world(time, 10, () => {
      busy -= 1
      if (busy >= 0) throw new AppError('server-busy', 'fetch: 429', { status: 429, retryAfterSeconds })
      return 'page'
    })
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const ask = (): Promise<string> =>
      polite.fetchAddress('http://a.vn/1', { signal, obeysRobots: false }).then(
        () => 'page',
        (thrown: unknown) => toErrorShape(thrown).code,
      )
    expect(await ask()).toBe('server-busy')
    expect(await ask()).toBe('page')
    expect((asked[1]?.atMs ?? 0) - (asked[0]?.atMs ?? 0)).toBe(90_010)
    retryAfterSeconds = 999_999_999
    busy = 1
    expect(await ask()).toBe('server-busy')
    expect(await ask()).toBe('server-busy')
    expect(asked).toHaveLength(3)
  })

  it('lets who waits for his turn give up, and gives his turn to the next', async () => {
    const time = fakeTime()
    const { fetchAddress, asked } = world(time, 50_000, noRobotsThere)
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const impatient = new AbortController()
    const ask = (path: string, given: AbortSignal): Promise<unknown> =>
      polite.fetchAddress(`http://a.vn${path}`, { signal: given, obeysRobots: false })
    const running = [ask('/1', signal), ask('/2', signal)]
    const leaving = ask('/3', impatient.signal).catch(toErrorShape)
    const last = ask('/4', signal)
    impatient.abort()
    expect(await leaving).toMatchObject({ code: 'cancelled' })
    await Promise.all([...running, last])
    expect(asked.map(({ path }) => path)).toEqual(['a.vn/1', 'a.vn/2', 'a.vn/4'])
  })
})
