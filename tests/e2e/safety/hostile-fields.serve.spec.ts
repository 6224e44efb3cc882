import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { watchContext } from './hostile/watch-context'
import { payloads } from './hostile/payloads'
import { answerCalls } from '../support/contract-calls'
import { bulletinIdOf, listRow } from '../support/long-list'
import { articleOf, bulletinList } from '../support/interface'

/**
 * The number of rows in one list. Each hostile text is the title, the summary, the source, the tag, the folder and the
 * snippet of one row.
 */
const rowsPerList = 50
const sample = payloads(150)
/** Answers calls with hostile texts, as if every check before the interface had failed. */
async function answerHostile(context: BrowserContext, batch: readonly string[]): Promise<void> {
  const row = (text: string, at: number): object => ({
    ...listRow({ id: bulletinIdOf(at + 1), title: text, summary: text, publishedAt: '2026-01-01' }),
    source: { id: null, name: text, host: null },
  })
  const groups = batch.slice(0, 20).map((name) => ({ name, count: 1 }))
  await context.unroute('**/api/call')
  await answerCalls(context, {
    listBulletins: () => ({ total: batch.length, items: batch.map(row) }),
    searchBulletins: () => ({
      total: batch.length,
      isMore: false,
      spellings: batch.slice(0, 3),
      items: batch.map((text, at) => ({ ...row(text, at), snippet: [{ text, isMatch: true }] })),
    }),
    countBulletins: () => ({ all: batch.length, unread: 1, starred: 0, started: 0, trash: 0 }),
    listGroups: () => ({ sources: groups, tags: groups, folders: groups }),
    markBulletins: () => ({ changed: [] }),
    keepPosition: () => ({}),
    getBulletin: (input) => {
      // The cast is safe, because the interface sends the id with this method.
      const { id } = input as { id: string }
      return bulletinOf(batch[batch.findIndex((_, at) => bulletinIdOf(at + 1) === id)] ?? '', id)
    },
  })
}

function bulletinOf(text: string, id: string): object {
  return {
    ...{ id, title: text, summary: text, author: `${text} - ${text}, ${text}`, language: 'vi', url: text },
    publishedAt: '2026-01-01',
    published: { value: '2026-01-01', precision: 'day', asWritten: text, from: 'text' },
    source: { id: null, name: text, host: text },
    bodyHtml: `<p>Đầu bài.</p>${text}<figure class="caption-only"><figcaption>${text}</figcaption></figure>`,
    bodyText: text,
    figures: [{ file: null, caption: text, alt: text }],
    attachments: [{ file: `${'0'.repeat(32)}.pdf`, name: text, type: text, bytes: 1 }],
    repairs: [{ kind: 'eth', rule: 'eth/1', ruleVersion: 1, field: 'body', count: 1, undone: false }],
    revision: { number: 1, cause: 'first-capture', capturedAt: '2026-01-01T00:00:00Z', digest: id },
    captures: [
      { capturedAt: '2026-01-01T00:00:00Z', url: null, status: 200, sha256: '0'.repeat(64), bytes: 1, file: 'files/x' },
    ],
    currentRevision: 1,
    goneSince: null,
    pictures: [],
    missing: [{ role: 'attachment', address: 'https://portal.example/tep.pdf', name: text, code: 'offline' }],
    status: {
      read: true,
      starred: false,
      tags: [text],
      folder: text,
      position: null,
      highlights: [],
      notes: [note(text)],
    },
  }
}

/** Returns a note about a passage that the article does not have. The interface also lists such a note. */
function note(text: string): object {
  const passage = { quote: text, prefix: '', suffix: '', start: 0 }
  const createdAt = '2026-01-01T00:00:00Z'
  return { id: 'ghichu01', passage, revision: 1, made: createdAt, text, changed: createdAt }
}

/** Opens every row, searches, and opens the palette and the filters, so that each text is on screen at some point. */
async function showAll(page: Page, address: string, count: number): Promise<void> {
  // A reload would open the last bulletin again, but a new visit starts at the first bulletin.
  await page.goto('about:blank')
  await page.goto(address)
  const frame = articleOf(page)
  await expect(frame.locator('.bulletin')).toBeAttached()
  await bulletinList(page).focus()
  for (let at = 1; at < count; at++) {
    const opened = page.waitForRequest((request) => request.postData()?.includes('"getBulletin"') ?? false, {
      timeout: 10_000,
    })
    await page.keyboard.press('j')
    await opened
  }
  await page.getByRole('searchbox').fill('a')
  await expect(page.locator('.summary mark').first()).toBeAttached()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Lọc thêm' }).click()
  await page.keyboard.press('Escape')
  await page.waitForTimeout(150)
}

for (const bypassCSP of [true, false])
  test(`hostile text in the fields of bulletins runs no script and sends no request, policy ${bypassCSP ? 'off' : 'on'}`, async ({
    host,
  }) => {
    test.setTimeout(process.env['BANTIN_PAYLOADS'] === 'all' ? 3_600_000 : 120_000)
    const browser = host.page.context().browser()
    if (browser === null) throw new Error('no browser')
    const storageState = await host.page.context().storageState()
    const context = await browser.newContext({ storageState, bypassCSP, viewport: { width: 1366, height: 768 } })
    const { origin } = new URL(host.page.url())
    const seen = await watchContext(context, (url) => url.origin === origin || url.protocol === 'blob:')
    const page = await context.newPage()
    await answerHostile(context, sample.slice(0, rowsPerList))
    await page.goto(`${origin}/`)
    for (let at = 0; at < sample.length; at += rowsPerList) {
      const batch = sample.slice(at, at + rowsPerList)
      await answerHostile(context, batch)
      await showAll(page, `${origin}/`, batch.length)
      expect(new URL(page.url()).pathname).toBe('/')
    }
    expect(seen).toEqual({ executions: [], requests: [] })
    test.info().annotations.push({ type: 'payloads', description: String(sample.length) })
    if (bypassCSP) {
      // Control: the same texts run scripts and send requests if the page parses them as HTML.
      await page.evaluate(
        (texts) => {
          for (const text of texts) {
            const frame = document.createElement('iframe')
            frame.srcdoc = text
            document.body.append(frame)
          }
        },
        sample.slice(0, 60),
      )
      await expect.poll(() => seen.executions.length).toBeGreaterThan(3)
      await expect.poll(() => seen.requests.length).toBeGreaterThan(0)
    }
    await context.close()
  })
