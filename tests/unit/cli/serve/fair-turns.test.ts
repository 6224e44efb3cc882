import { describe, expect, it } from 'vitest'
import type { WebClient } from '../../../../src/cli/serve/client'
import { createFairTurns, type FairTurns } from '../../../../src/cli/serve/fair-turns'

const clientOf = (address: string, session = 's', page = 'p'): WebClient => ({ address, isLocal: false, session, page })

/** Starts calls that end one after the other. Returns the names in the order in which the calls ran. */
async function runAll(turns: FairTurns, calls: readonly [client: WebClient, name: string][]): Promise<string[]> {
  const ran: string[] = []
  await Promise.all(
    calls.map(([client, name]) =>
      turns.run(client, async () => {
        ran.push(name)
        await Promise.resolve()
      }),
    ),
  )
  return ran
}

const repeat = (client: WebClient, name: string, count: number): [WebClient, string][] =>
  Array.from({ length: count }, (_, at) => [client, `${name}${at}`])

describe('fair turns', () => {
  it('a client with one call waits for only one call of a client with many calls', async () => {
    const ran = await runAll(createFairTurns({ maxRunning: 1 }), [
      ...repeat(clientOf('10.0.0.1'), 'a', 8),
      ...repeat(clientOf('10.0.0.2'), 'b', 1),
    ])
    expect(ran.indexOf('b0')).toBe(1)
    expect(ran).toHaveLength(9)
  })

  it('control: in a simple queue, a client with one call waits for all calls of the other client', async () => {
    const same = clientOf('10.0.0.1')
    const ran = await runAll(createFairTurns({ maxRunning: 1 }), [...repeat(same, 'a', 8), ...repeat(same, 'b', 1)])
    expect(ran.indexOf('b0')).toBe(8)
  })

  it('a machine with many browsers gets no more turns than a machine with one browser', async () => {
    const ran = await runAll(createFairTurns({ maxRunning: 1 }), [
      ...Array.from({ length: 6 }, (_, at): [WebClient, string] => [clientOf('10.0.0.1', `browser ${at}`), `a${at}`]),
      ...repeat(clientOf('10.0.0.2'), 'b', 3),
    ])
    expect(ran).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'a4', 'a5'])
  })

  it('the browsers of one machine get equal numbers of turns', async () => {
    const ran = await runAll(createFairTurns({ maxRunning: 1 }), [
      ...repeat(clientOf('10.0.0.1', 'one'), 'a', 4),
      ...repeat(clientOf('10.0.0.1', 'two'), 'b', 2),
    ])
    expect(ran).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'a3'])
  })

  it('the number of running calls never exceeds the limit', async () => {
    const turns = createFairTurns({ maxRunning: 2 })
    let running = 0
    let maxSeen = 0
    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        turns.run(clientOf(`10.0.0.${at}`), async () => {
          running += 1
          maxSeen = Math.max(maxSeen, running)
          await Promise.resolve()
          running -= 1
        }),
      ),
    )
    expect(maxSeen).toBe(2)
  })

  it('a waiting call of a page is cancelled when the page sends a later call that replaces it', async () => {
    const turns = createFairTurns({ maxRunning: 1 })
    const { promise, resolve } = Promise.withResolvers<string>()
    const own = clientOf('10.0.0.1')
    const first = turns.run(own, () => promise)
    const search = (client: WebClient, label: string): Promise<string> =>
      turns.run(client, () => Promise.resolve(label), { label, supersedes: (old) => old !== label })
    const typed = ['b', 'ba', 'bac'].map((label) => search(own, label))
    const others = [search(clientOf('10.0.0.1', 's', 'other page'), 'x'), search(clientOf('10.0.0.2'), 'y')]
    resolve('first')
    expect(await first).toBe('first')
    expect((await Promise.allSettled(typed)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await Promise.all(others)).toEqual(['x', 'y'])
  })

  it('a waiting call is dropped when its client has disconnected', async () => {
    const turns = createFairTurns({ maxRunning: 1 })
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const first = turns.run(clientOf('10.0.0.1'), () => promise)
    const client = new AbortController()
    let hasRun = false
    const left = turns.run(clientOf('10.0.0.2'), () => Promise.resolve((hasRun = true)), { signal: client.signal })
    client.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    resolve(undefined)
    await first
    expect(hasRun).toBe(false)
  })

  it('a browser with too many waiting calls is refused, and another browser is still accepted', async () => {
    const turns = createFairTurns({ maxRunning: 1 })
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const calls = Array.from({ length: 20 }, () => turns.run(clientOf('10.0.0.1'), () => promise))
    const other = turns.run(clientOf('10.0.0.2'), () => Promise.resolve('answered'))
    resolve(undefined)
    const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')
    expect(refused.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : ''))).toEqual([
      'host-busy',
      'host-busy',
      'host-busy',
    ])
    expect(await other).toBe('answered')
  })

  it('the next call runs after a call that fails', async () => {
    const turns = createFairTurns({ maxRunning: 1 })
    await expect(turns.run(clientOf('a'), () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await turns.run(clientOf('a'), () => Promise.resolve('next'))).toBe('next')
  })
})
