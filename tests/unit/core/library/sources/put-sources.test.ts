import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSource } from '../../../../../src/core/follow/create-source'
import type { Source } from '../../../../../src/shared/source'
import { openTestLibrary, temporaryFolder } from '../../../support/library'

const sourceAt = (at: number): Source =>
  createSource(
    { url: `https://n${at}.example.vn/`, name: `Nguồn ${at}`, kind: 'portal', channels: [], everyMinutes: 360 },
    { now: new Date('2026-11-24T03:15:00Z'), isTyped: false },
  )

describe('putSources', () => {
  it("putSources writes the same bytes as the host's own store", async () => {
    const [one, many] = [await temporaryFolder(), await temporaryFolder()]
    // Both libraries use the key of the same user, so the approvals are the same.
    const config = await temporaryFolder()
    await (await openTestLibrary(one, { config })).sourceStore.putSource(sourceAt(1))
    await (await openTestLibrary(many, { config })).sourceStore.putSources([sourceAt(1)])
    const file = join('sources', `${sourceAt(1).id}.json`)
    expect(await readFile(join(many, file))).toEqual(await readFile(join(one, file)))
  })

  it('putSources writes every source of a long list and leaves no file in the staging folder', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const sources = Array.from({ length: 250 }, (_, at) => sourceAt(at))
    await library.sourceStore.putSources(sources)
    const stored = await library.sourceStore.listSources()
    expect(stored.damaged).toEqual([])
    expect(stored.sources).toHaveLength(250)
    expect(await readdir(join(root, 'tmp')).catch(() => [])).toEqual([])
  })

  it('putSources writes nothing to a library that is opened for reading', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    const library = await openTestLibrary(root, { access: 'read' })
    await expect(library.sourceStore.putSources([sourceAt(1)])).rejects.toMatchObject({ code: 'library-read-only' })
    expect(await readdir(join(root, 'sources')).catch(() => [])).toEqual([])
  })
})
