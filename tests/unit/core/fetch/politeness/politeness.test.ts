import { describe, expect, it } from 'vitest'
import type { FetchAddress, FetchResult } from '../../../../../src/core/fetch/fetch-result'
import { politeLimits, type Waiting } from '../../../../../src/core/fetch/politeness/polite-limits'
import { createPoliteness, createUserFetch } from '../../../../../src/core/fetch/politeness/politeness'
import { AppError, toErrorShape } from '../../../../../src/shared/errors'

/** Creates a clock that goes to the next wake-up time when every task sleeps. */
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
  /** The requests, with the times at which they were sent. */
  requests: { path: string; atMs: number }[]
  maxConcurrent: () => number
}

/**
 * Creates a network of hosts that do not exist. Each request takes `durationMs`. `answer` returns the content or
 * throws.
 */
function world(time: Waiting, durationMs: number, answer: (url: URL) => string): World {
  const requests: World['requests'] = []
  let [running, max] = [0, 0]
  return {
    requests,
    maxConcurrent: () => max,
    async fetchAddress(address, { signal }) {
      const url = new URL(address)
      requests.push({ path: `${url.host}${url.pathname}`, atMs: time.nowMs() })
      running += 1
      max = Math.max(max, running)
      try {
        await time.sleep(durationMs, signal)
        // createPoliteness reads only the bytes of a result.
        return { bytes: Buffer.from(answer(url)) } as unknown as FetchResult
      } finally {
        running -= 1
      }
    },
  }
}

const { signal } = new AbortController()

function answerWithoutRobots(url: URL): string {
  if (url.pathname === '/robots.txt') throw new AppError('page-not-found', 'fetch: 404', { status: 404 })
  return 'page'
}

describe('the queue of requests to a host', () => {
  it('a host gets one request per second and at most two running requests, and other hosts do not wait for it', async () => {
    const time = fakeTime()
    const { fetchAddress, requests, maxConcurrent } = world(time, 5_000, answerWithoutRobots)
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const paths = ['a.vn/1', 'a.vn/2', 'a.vn/3', 'a.vn/4', 'b.vn/1']
    await Promise.all(paths.map((path) => polite.fetchAddress(`http://${path}`, { signal, obeysRobots: false })))
    expect(Object.fromEntries(requests.map(({ path, atMs }) => [path, atMs]))).toEqual({
      'a.vn/1': 0,
      'a.vn/2': 1_000,
      'a.vn/3': 5_000,
      'a.vn/4': 6_000,
      'b.vn/1': 0,
    })
    expect(maxConcurrent()).toBe(3)
  })

  it('requests of a user start before those of a refresh, without the delay and without robots.txt', async () => {
    const time = fakeTime()
    const { fetchAddress, requests, maxConcurrent } = world(time, 1_500, (url) =>
      url.pathname === '/robots.txt' ? 'User-agent: *\nDisallow: /kin/' : 'page',
    )
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const fetchForUser = createUserFetch(polite)
    const refresh = ['1', '2', '3', '4', '5'].map((name) => polite.fetchAddress(`http://a.vn/${name}`, { signal }))
    // Waits until the first requests have started, so that others are waiting in the queue.
    while (requests.length < 3) await time.sleep(100, signal)
    const user = ['kin/x', 'kin/y'].map((name) => fetchForUser(`http://a.vn/${name}`, { signal }))
    await Promise.all([...refresh, ...user])
    const paths = requests.map(({ path }) => path.replace('a.vn', ''))
    expect(paths.slice(0, 3)).toEqual(['/robots.txt', '/1', '/2'])
    expect(paths.slice(3, 5)).toEqual(['/kin/x', '/kin/y'])
    expect(paths.slice(5)).toEqual(['/3', '/4', '/5'])
    expect(maxConcurrent()).toBe(2)
    const gaps = requests.slice(1).map(({ path, atMs }, at) => ({ path, gap: atMs - (requests[at]?.atMs ?? 0) }))
    const gapsBefore = (isUser: boolean): number[] =>
      gaps.filter(({ path }) => path.includes('/kin/') === isUser).map(({ gap }) => gap)
    // A refresh waits for the delay also after a request of the user.
    expect(Math.min(...gapsBefore(false))).toBeGreaterThanOrEqual(politeLimits.delayMs)
    expect(Math.min(...gapsBefore(true))).toBeLessThan(politeLimits.delayMs)
    await expect(polite.fetchAddress('http://a.vn/kin/z', { signal })).rejects.toMatchObject({ code: 'robots-refused' })
  })

  it('requests obey the rules and the delay in robots.txt, which is fetched only once for many pages', async () => {
    const time = fakeTime()
    const robots = 'User-agent: bantin\nDisallow: /kin/\nAllow: /kin/mo$\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /'
    const { fetchAddress, requests } = world(time, 10, ({ pathname }) => (pathname === '/robots.txt' ? robots : 'page'))
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const fetchPath = (path: string): Promise<unknown> => polite.fetchAddress(`http://a.vn${path}`, { signal })
    const [first, hidden] = await Promise.allSettled([fetchPath('/1'), fetchPath('/kin/2'), fetchPath('/kin/mo')])
    expect(first.status).toBe('fulfilled')
    expect(hidden.status === 'rejected' ? toErrorShape(hidden.reason).code : null).toBe('robots-refused')
    expect(requests.map(({ path }) => path)).toEqual(['a.vn/robots.txt', 'a.vn/1', 'a.vn/kin/mo'])
    expect((requests[2]?.atMs ?? 0) - (requests[1]?.atMs ?? 0)).toBe(7_000)
  })

  it.each<[string, (url: URL) => string]>([
    ['a missing file', answerWithoutRobots],
    ['a page', () => '<!doctype html><p>Disallow: /'],
    [
      'a server error',
      ({ pathname }) => {
        if (pathname === '/robots.txt') throw new AppError('server-busy', 'fetch: 500', { status: 500 })
        return 'page'
      },
    ],
    [
      'endless redirects',
      ({ pathname }) => {
        if (pathname === '/robots.txt') throw new AppError('too-many-redirects', 'fetch: loop')
        return 'page'
      },
    ],
  ])('every address is allowed if the answer for robots.txt is %s', async (_name, answer) => {
    const time = fakeTime()
    const { fetchAddress, requests } = world(time, 10, answer)
    await createPoliteness(fetchAddress, politeLimits, time).fetchAddress('http://a.vn/1', { signal })
    expect(requests.at(-1)?.path).toBe('a.vn/1')
  })

  it('requests wait for the pause that a busy host asks for, and fail immediately if the pause is too long', async () => {
    const time = fakeTime()
    let retryAfterSeconds = 90
    let busy = 1
    const { fetchAddress, requests } = world(time, 10, () => {
      busy -= 1
      if (busy >= 0) throw new AppError('server-busy', 'fetch: 429', { status: 429, retryAfterSeconds })
      return 'page'
    })
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const fetchPath = (): Promise<string> =>
      polite.fetchAddress('http://a.vn/1', { signal, obeysRobots: false }).then(
        () => 'page',
        (thrown: unknown) => toErrorShape(thrown).code,
      )
    expect(await fetchPath()).toBe('server-busy')
    expect(await fetchPath()).toBe('page')
    expect((requests[1]?.atMs ?? 0) - (requests[0]?.atMs ?? 0)).toBe(90_010)
    retryAfterSeconds = 999_999_999
    busy = 1
    expect(await fetchPath()).toBe('server-busy')
    expect(await fetchPath()).toBe('server-busy')
    expect(requests).toHaveLength(3)
  })

  it('the next request starts if a waiting request is cancelled', async () => {
    const time = fakeTime()
    const { fetchAddress, requests } = world(time, 50_000, answerWithoutRobots)
    const polite = createPoliteness(fetchAddress, politeLimits, time)
    const impatient = new AbortController()
    const fetchPath = (path: string, given: AbortSignal): Promise<unknown> =>
      polite.fetchAddress(`http://a.vn${path}`, { signal: given, obeysRobots: false })
    const running = [fetchPath('/1', signal), fetchPath('/2', signal)]
    const leaving = fetchPath('/3', impatient.signal).catch(toErrorShape)
    const last = fetchPath('/4', signal)
    impatient.abort()
    expect(await leaving).toMatchObject({ code: 'cancelled' })
    await Promise.all([...running, last])
    expect(requests.map(({ path }) => path)).toEqual(['a.vn/1', 'a.vn/2', 'a.vn/4'])
  })
})
