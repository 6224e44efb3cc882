import { describe, expect, it } from 'vitest'
import { type Client, type Method, methods } from '../../../../src/shared/contract/api'

const use = (_value: unknown): void => undefined

/**
 * Wrong uses of the contract. This function is never called. If one of these lines compiles, the type check fails,
 * because `@ts-expect-error` without an error is an error.
 */
export async function wrongUses(client: Client): Promise<void> {
  // @ts-expect-error -- the contract has no such method
  await client.call('deleteEverything', {})
  // @ts-expect-error -- an id is a string
  await client.call('getBulletin', { id: 7 })
  // @ts-expect-error -- the id is missing
  await client.call('getBulletin', {})
  // @ts-expect-error -- the method has no such field
  await client.call('getBulletin', { id: 'a', path: '/etc/passwd' })
  // @ts-expect-error -- the settings have no such theme
  await client.call('changeSettings', { theme: 'neon' })
  const answer = await client.call('getBulletin', { id: 'a' })
  // @ts-expect-error -- a result may be an error, so `ok` must be checked first
  use(answer.value)
  if (answer.ok) {
    // @ts-expect-error -- a title is not a number
    const title: number = answer.value.title
    // @ts-expect-error -- the result has no such field
    use(answer.value.heading)
    return void title
  }
  // @ts-expect-error -- an error has no value
  use(answer.value)
  // @ts-expect-error -- a listener receives events, not strings
  client.on((event: string) => event)
}

/** Correct uses of the contract, which compile. */
export async function rightUses(client: Client): Promise<string> {
  const answer = await client.call('getBulletin', { id: 'a' })
  const end: () => void = client.on(({ number, event }) => `${number} ${event.type}`)
  end()
  return answer.ok ? answer.value.title : answer.error.code
}

describe('contract', () => {
  const names = Object.keys(methods) as Method[]
  const junk: unknown[] = [undefined, null, 1, '', [], { nonsense: 1 }, { __proto__: null, id: {} }]

  it.each(names)('the contract rejects an invalid input of %s', (name) => {
    for (const input of junk) expect(methods[name].input.safeParse(input).success, JSON.stringify(input)).toBe(false)
  })

  it.each([
    '../../etc/passwd',
    '',
    '0123456789ABCDEF',
    '0123456789abcdef/..',
    '0123456789abcdei',
    `${'0'.repeat(16)}~`,
  ])('the contract rejects the id %j', (id) => expect(methods.getBulletin.input.safeParse({ id }).success).toBe(false))
  it.each(['0123456789abcdef', '0123456789abcdef~2'])('the contract accepts the id %s', (id) =>
    expect(methods.getBulletin.input.safeParse({ id }).success).toBe(true),
  )
})
