import { describe, expect, it } from 'vitest'
import { type Client, type Method, methods } from '../../../../src/shared/contract/api'

const use = (_value: unknown): void => undefined

/**
 * Wrong uses of the contract. Never called: the type check fails when one of these lines would compile, since an
 * expected error that is none is an error itself.
 */
export async function wrongUses(client: Client): Promise<void> {
  // @ts-expect-error -- no such method
  await client.call('deleteEverything', {})
  // @ts-expect-error -- an id is a string
  await client.call('getBulletin', { id: 7 })
  // @ts-expect-error -- the id is missing
  await client.call('getBulletin', {})
  // @ts-expect-error -- no such field
  await client.call('getBulletin', { id: 'a', path: '/etc/passwd' })
  // @ts-expect-error -- no such theme
  await client.call('changeSettings', { theme: 'neon' })
  const answer = await client.call('getBulletin', { id: 'a' })
  // @ts-expect-error -- an answer may be an error: its value must be asked for first
  use(answer.value)
  if (answer.ok) {
    // @ts-expect-error -- a title is no number
    const title: number = answer.value.title
    // @ts-expect-error -- no such field in the result
    use(answer.value.heading)
    return void title
  }
  // @ts-expect-error -- an error has no value
  use(answer.value)
  // @ts-expect-error -- a listener hears events, not strings
  client.on((event: string) => event)
}

/** And right ones, which compile. */
export async function rightUses(client: Client): Promise<string> {
  const answer = await client.call('getBulletin', { id: 'a' })
  const end: () => void = client.on(({ number, event }) => `${number} ${event.type}`)
  end()
  return answer.ok ? answer.value.title : answer.error.code
}

describe('the contract', () => {
  const names = Object.keys(methods) as Method[]
  const junk: unknown[] = [undefined, null, 1, '', [], { nonsense: 1 }, { __proto__: null, id: {} }]

  it.each(names)('%s refuses what is not its input', (name) => {
    for (const input of junk) expect(methods[name].input.safeParse(input).success, JSON.stringify(input)).toBe(false)
  })

  it.each([
    '../../etc/passwd',
    '',
    '0123456789ABCDEF',
    '0123456789abcdef/..',
    '0123456789abcdei',
    `${'0'.repeat(16)}~`,
  ])('takes no id like %j', (id) => expect(methods.getBulletin.input.safeParse({ id }).success).toBe(false))
  it.each(['0123456789abcdef', '0123456789abcdef~2'])('takes the id %s', (id) =>
    expect(methods.getBulletin.input.safeParse({ id }).success).toBe(true),
  )
})
