import { describe, expect, it } from 'vitest'
import { resolveIds } from '../../../../src/cli/options/bulletin-ids'
import { translate } from '../../../../src/shared/locales/translate'

/** A library of so many bulletins, as far as lists go. */
function libraryOf(total: number): Parameters<typeof resolveIds>[0] {
  return {
    call(_method, input) {
      const { offset, limit } = input as { offset: number; limit: number }
      const count = Math.max(0, Math.min(limit, total - offset))
      const items = Array.from({ length: count }, (_, at) => ({ id: String(offset + at) }))
      return Promise.resolve({ ok: true, value: { total, items } })
    },
  }
}

const choose = (total: number, options: Record<string, string>): Promise<string[]> =>
  resolveIds(
    libraryOf(total),
    { args: [], options, say: (key, values) => translate('vi', key, values) },
    'cli.export-usage',
  )

describe('the bulletins a query or a period chooses', () => {
  it('are all of them, oldest first, as many as one run takes', async () => {
    expect(await choose(450, { since: '2000-01-01' })).toEqual(Array.from({ length: 450 }, (_, at) => String(449 - at)))
    expect(await choose(10_000, { query: 'a' })).toHaveLength(10_000)
  })

  it('are the newest where a limit is named', async () => {
    expect(await choose(12_000, { query: 'a', limit: '3' })).toEqual(['2', '1', '0'])
    expect(await choose(12_000, { query: 'a', limit: '0' })).toEqual([])
  })

  it('are never some of them in silence', async () => {
    for (const options of [{ query: 'a' }, { since: '2000-01-01' }, { query: 'a', limit: '10001' }])
      await expect(choose(12_000, options)).rejects.toMatchObject({
        code: 'wrong-usage',
        details: { reason: expect.stringContaining('12.000') as unknown },
      })
  })
})
