// `npm run screenshots`: takes the pictures for docs/images and for the help pages. The library contains only bulletins
// that the project has written. `npm run screenshots -- FOLDER` also takes pictures of every view in four themes, two
// languages and three sizes.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.mjs'
import { root } from './project.mjs'
import { startScreenshotSession } from './screenshots/session.mjs'
import { createViews, scrollToTop } from './screenshots/views.mjs'

const images = join(root, 'docs', 'images')
const guideImages = join(root, 'docs', 'vi', 'images')
const sizes = {
  1920: { width: 1920, height: 1080 },
  1366: { width: 1366, height: 768 },
  390: { width: 390, height: 844 },
}
const themes = ['paper', 'white', 'night', 'contrast']

buildIfStale()
for (const folder of [images, guideImages]) mkdirSync(folder, { recursive: true })
const session = await startScreenshotSession({ images, viewport: sizes[1366] })
try {
  const { page, call } = session
  const { views, openSample } = createViews(session)
  const rows = page.locator('[role=listbox] [role=option]')
  const shoot = async (name, folder = images) => {
    await page.mouse.move(0, 0)
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }
  const shootView = async (view, name, folder) => {
    const { open, close } = views[view]
    await open()
    await shoot(name, folder)
    await close()
  }
  const shootWith = async (settings, name, folder) => {
    await call('changeSettings', settings)
    await scrollToTop(page)
    await shoot(name, folder)
  }

  await page.goto(session.address)
  await openSample()
  await shoot('reader')
  await page.getByRole('button', { name: 'In', exact: true }).click()
  await page.locator('.print-dialog canvas').nth(1).waitFor()
  await shoot('print-dialog')
  await page.keyboard.press('Escape')
  await shoot('cua-so-chinh', guideImages)
  await shootView('palette', 'palette')
  await shootView('palette', 'bang-lenh', guideImages)
  await shootView('find', 'find')
  await shootView('settings', 'cai-dat', guideImages)
  for (const at of [1, 2]) await rows.nth(at).click({ modifiers: ['Control'] })
  await shoot('chon-nhieu', guideImages)
  for (const at of [1, 2]) await rows.nth(at).click({ modifiers: ['Control'] })
  await openSample()
  await call('changeSettings', { theme: 'white' })
  await shootView('style', 'style')
  await shootWith({ theme: 'night' }, 'night')
  await shootWith({ textSize: 200 }, 'chu-to', guideImages)
  await shootWith({ theme: 'contrast', textSize: 300 }, 'contrast-300')
  await call('changeSettings', { theme: 'paper', textSize: 100 })
  await shootView('focus', 'focus')
  await page.setViewportSize(sizes[390])
  await scrollToTop(page)
  await shoot('phone')
  await page.setViewportSize(sizes[1366])
  await shootView('adding', 'them-nguon', guideImages)
  await session.followPortals()
  await shootView('log', 'downloads')
  await shootView('log', 'nhat-ky', guideImages)
  await shootView('source', 'source')
  await shootView('source', 'nguon-tin', guideImages)
  await openSample()

  const all = process.argv[2]
  for (const language of all === undefined ? [] : ['vi', 'en'])
    for (const theme of themes)
      for (const [width, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        await call('changeSettings', { theme, language, textSize: 100 })
        for (const view of Object.keys(views)) await shootView(view, `${view}-${theme}-${language}-${width}`, all)
      }
} finally {
  await session.close()
}
