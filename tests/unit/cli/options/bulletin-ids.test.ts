import { describe, expect, it } from 'vitest'
import { resolveIds } from '../../../../src/cli/options/bulletin-ids'
import { translate } from '../../../../src/shared/locales/translate'

/**
 * Creates a fake library with `total` bulletins. The library answers every call with a part of the list of its
 * bulletins, the newest first.
 */
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

const resolve = (total: number, options: Record<string, string>): Promise<string[]> =>
  resolveIds(
    libraryOf(total),
    { args: [], options, say: (key, values) => translate('vi', key, values) },
    'cli.export-usage',
  )

describe('resolveIds', () => {
  it('resolveIds returns all bulletins of a query or a period, oldest first, up to the maximum for one command', async () => {
    expect(await resolve(450, { since: '2000-01-01' })).toEqual(
      Array.from({ length: 450 }, (_, at) => String(449 - at)),
    )
    expect(await resolve(10_000, { query: 'a' })).toHaveLength(10_000)
  })

  it('if --limit is given, resolveIds returns only that number of the newest bulletins, oldest first', async () => {
    expect(await resolve(12_000, { query: 'a', limit: '3' })).toEqual(['2', '1', '0'])
    expect(await resolve(12_000, { query: 'a', limit: '0' })).toEqual([])
  })

  it('resolveIds rejects a query that finds more bulletins than one command may take', async () => {
    for (const options of [{ query: 'a' }, { since: '2000-01-01' }, { query: 'a', limit: '10001' }])
      await expect(resolve(12_000, options)).rejects.toMatchObject({
        code: 'wrong-usage',
        details: { reason: expect.stringContaining('12.000') as unknown },
      })
  })
})
