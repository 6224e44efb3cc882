import { chromium, expect, test } from '@playwright/test'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSanitizer } from '../../../src/core/text/sanitize-task'
import { createBulletinPage } from '../../../src/core/library/store/bulletin-page'
import { type Bulletin, defaultStatus } from '../../../src/shared/bulletin'
import { chromiumFlags, chromiumPath } from '../support/chromium'

const file = `${'0'.repeat(32)}.png`
/** A picture of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const bulletin: Bulletin = {
  id: '0123456789abcdef',
  title: 'Tin có ảnh',
  summary: null,
  author: null,
  publishedAt: '2020-09-08',
  published: { value: '2020-09-08', precision: 'day', asWritten: null, from: 'text' },
  language: 'vi',
  source: { id: null, name: 'UBND xã', host: null },
  url: null,
  goneSince: null,
  pictures: [],
  bodyHtml: `<p>Nội dung</p><img src="files/${file}" alt="Ảnh" />`,
  bodyText: 'Nội dung',
  figures: [],
  attachments: [],
  missing: [],
  currentRevision: 1,
  repairs: [],
  revision: { number: 1, cause: 'first-capture', capturedAt: '2026-11-24T03:15:00.000Z', digest: '' },
  captures: [],
  status: defaultStatus,
}

test('the stored index.html shows its pictures from disk and loads no file beside or outside its folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-page-'))
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
  try {
    const own = join(folder, 'tin')
    await mkdir(join(own, 'files'), { recursive: true })
    for (const path of [join(folder, 'outside.png'), join(own, 'files', file)]) await writeFile(path, picture)
    const html = await createBulletinPage(bulletin, createSanitizer(null), (name) => (name === file ? picture : null))
    const page = await browser.newPage()
    const widths = async (text: string): Promise<number[]> => {
      await writeFile(join(own, 'index.html'), text)
      await page.goto(`file://${join(own, 'index.html')}`)
      return page.evaluate(() => [...document.images].map(({ naturalWidth }) => naturalWidth))
    }
    expect(await widths(html)).toEqual([1])
    // Pictures that somebody puts into the page after it was sanitised.
    const foreign = `<img src="files/${file}"><img src="../outside.png"><img src="file://${join(folder, 'outside.png')}">`
    const hostile = html.replace('</body>', `${foreign}</body>`)
    expect(await widths(hostile)).toEqual([1, 0, 0, 0])
    // Control: with 'self', Chromium loads every file of the disk.
    expect(await widths(hostile.replace('img-src data:', "img-src data: 'self'"))).toEqual([1, 1, 1, 1])
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
})
