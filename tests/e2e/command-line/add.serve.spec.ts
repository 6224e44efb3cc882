import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { articleHtml, pdf, png, startPortal } from '../../unit/support/portal'
import { type Run, runCliBeside } from '../support/run-cli'

/** Runs the built command line with the library of BANTIN_LIBRARY. The portal runs in this process at the same time. */
const bantin = (folder: string, ...words: string[]): Promise<Run> =>
  runCliBeside(folder, words, { env: { BANTIN_LIBRARY: join(folder, 'library') } })

test('`bantin add` downloads pages, reports the failed pages, and exits with 1 if a page failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-add-'))
  const portal = await startPortal({
    '/tin/hop-phien': { body: articleHtml },
    '/anh/hop.png': { body: png },
    '/tep/thong%20bao.pdf': { body: pdf },
  })
  try {
    const [good, bad] = [`${portal.origin}/tin/hop-phien`, `${portal.origin}/khong-co`]
    const mixed = await bantin(folder, 'add', good, bad, '--json')
    expect(mixed.exit).toBe(1)
    const result = JSON.parse(mixed.out) as { added: { id: string }[]; failed: unknown[] }
    expect(result).toMatchObject({
      added: [{ title: 'Họp phiên thường kỳ tháng 11', url: good, missing: 1 }],
      revised: [],
      unchanged: [],
      failed: [
        { url: bad, code: 'page-not-found', message: expect.stringContaining('không còn trên cổng') as unknown },
      ],
    })
    const again = await bantin(folder, 'add', good, '--explain', '--json')
    expect(again.exit).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({
      unchanged: [{ id: result.added[0]?.id }],
      explained: [{ url: good, removals: expect.any(Array) as unknown[] }],
    })
    expect((await bantin(folder, 'add')).exit).toBe(2)
    await portal.stop()
    const offline = await bantin(folder, 'add', good)
    expect(offline.exit).toBe(1)
    expect(offline.err).toContain('Không kết nối được với 127.0.0.1')
    const shown = await bantin(folder, 'show', result.added[0]?.id ?? '', '--format', 'json')
    expect(JSON.parse(shown.out)).toMatchObject({
      url: good,
      attachments: [{ name: 'Thông báo số 12', type: 'application/pdf' }],
      captures: [{ url: good, status: 200 }],
    })
    const verified = await bantin(folder, 'verify', '--json')
    expect(JSON.parse(verified.out)).toMatchObject({ damaged: [] })
  } finally {
    await portal.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
