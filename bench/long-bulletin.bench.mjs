// Measures a long law in a real Chromium on the web host, at two sizes. The growth between the sizes tells whether the
// interface takes linear time.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { longLawPage, rareWord } from '../tests/support/long-law.ts'
import { openMainThreadClock, withInterface } from './interface-page.mjs'
import { exponent, median, ms } from './measure.mjs'

const sizes = [
  { paragraphs: 375, tableRows: 47 },
  { paragraphs: 12_000, tableRows: 1_500 },
]
const rounds = 5
const tasks = ['TaskDuration']
const layoutAndScript = ['LayoutDuration', 'RecalcStyleDuration', 'ScriptDuration']

export async function measure() {
  const [small, large] = [await measureLaw(sizes[0]), await measureLaw(sizes[1])]
  const rows = [
    goal('first screen of a long bulletin: work of the main thread', large.openMs, 1_000),
    goal('text size step in a long bulletin: style, layout and script', large.stepMs, 50),
    goal('find in a long bulletin: work of the main thread', large.findMs, 100),
    {
      name: 'interface heap with a long bulletin',
      value: `${Math.round(large.heapMb)} MB`,
      goal: '≤ 150 MB',
      pass: large.heapMb <= 150,
    },
  ]
  for (const [name, key] of [
    ['opening', 'openMs'],
    ['text size step', 'stepMs'],
    ['finding', 'findMs'],
    ['heap', 'heapMb'],
  ]) {
    const growth = exponent([small.bytes, small[key]], [large.bytes, large[key]])
    rows.push({
      name: `growth of ${name} with the length of a bulletin`,
      value: growth.toFixed(2),
      goal: '≤ 1.1',
      peer: `the same law of ${Math.round(small.bytes / 1024)} KB`,
      pass: growth <= 1.1,
    })
  }
  return rows
}

function goal(name, value, limit) {
  return { name, value: ms(value), goal: `≤ ${limit} ms`, pass: value <= limit }
}

function measureLaw(size) {
  return withInterface(async ({ page, address, folder }) => {
    const file = join(folder, 'luat.html')
    writeFileSync(file, longLawPage(size))
    await page.goto(address)
    const rows = page.getByRole('option')
    await rows.first().waitFor()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Nhập tệp…' }).click(),
    ])
    await chooser.setFiles(file)
    await waitForArticle(page)
    const bytes = await page.evaluate(
      () => new globalThis.Blob([document.querySelector('iframe').contentDocument.body.textContent]).size,
    )
    const openings = []
    for (let round = 0; round < rounds; round++) {
      const clock = await openMainThreadClock(page, tasks)
      await page.reload()
      await waitForArticle(page)
      openings.push(await clock.readMs())
      await clock.session.detach()
    }
    const stepMs = await measureSteps(page)
    const findMs = await measureFinds(page)
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return { bytes, openMs: median(openings), stepMs, findMs, heapMb: usedSize / 1e6 }
  })
}

/** Waits until the law is on the screen. */
async function waitForArticle(page) {
  await page.waitForFunction(() => {
    const document = globalThis.document.querySelector('iframe')?.contentDocument
    return (
      document?.querySelector('.title')?.textContent.startsWith('Luật') && document.querySelector('.body p') !== null
    )
  })
  await nextFrames(page)
}

function nextFrames(page) {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}

async function measureSteps(page) {
  await page.evaluate(() => {
    const { documentElement } = document.querySelector('iframe').contentDocument
    documentElement.scrollTop = documentElement.scrollHeight / 2
  })
  await page.waitForTimeout(300)
  const clock = await openMainThreadClock(page, layoutAndScript)
  const found = []
  for (let step = 0; step < 2 * rounds; step++) {
    const button = page.getByRole('button', { name: step % 2 === 0 ? 'Tăng cỡ chữ' : 'Giảm cỡ chữ' })
    const before = await clock.readMs()
    await button.evaluate((element) => element.click())
    await nextFrames(page)
    found.push((await clock.readMs()) - before)
  }
  await clock.session.detach()
  return median(found)
}

async function measureFinds(page) {
  await page.keyboard.press('Control+f')
  const field = page.getByRole('search', { name: 'Tìm trong bài' }).getByRole('textbox')
  await field.waitFor()
  await nextFrames(page)
  const clock = await openMainThreadClock(page, tasks)
  const found = []
  for (let round = 0; round < rounds; round++) {
    const before = await clock.readMs()
    await field.fill(rareWord.slice(0, rareWord.length - (round % 2)))
    await nextFrames(page)
    found.push((await clock.readMs()) - before)
  }
  await clock.session.detach()
  return median(found)
}
