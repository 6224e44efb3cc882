import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { join } from 'node:path'
import { bulletinFixtures } from './paths'

/** A file in the form in which a browser receives it from a file dialog. */
export interface ChosenFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Returns the content of the article's frame. */
export function articleOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Nội dung bản tin"]')
}

/** Returns the list of bulletins. */
export function bulletinList(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Danh sách bản tin' })
}

/** Returns the rows of the list of bulletins. */
export function bulletinRows(page: Page): Locator {
  return bulletinList(page).getByRole('option')
}

/** Returns the log of the refreshes. */
export function refreshLog(page: Page): Locator {
  return page.getByRole('main', { name: 'Nhật ký tải tin' })
}

/** Chooses files with the button "Nhập tệp…". The function does not wait for the import. */
export async function chooseFiles(page: Page, files: readonly ChosenFile[] | readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Nhập tệp…' }).click(),
  ])
  // The cast is safe, because Playwright does not change the array. The type of the parameter lacks readonly arrays.
  await chooser.setFiles([...files] as ChosenFile[] | string[])
}

/**
 * Imports files of tests/fixtures/bulletins into the library with the sample, and waits until the list shows all these
 * files.
 */
export async function importFixtures(page: Page, names: readonly string[]): Promise<void> {
  await expect(bulletinRows(page)).toHaveCount(1)
  await chooseFiles(
    page,
    names.map((name) => join(bulletinFixtures, name)),
  )
  await expect(bulletinRows(page)).toHaveCount(1 + names.length)
}

/** Returns the title of the open bulletin. */
export function articleHeading(article: FrameLocator): Locator {
  return article.getByRole('heading', { level: 1 })
}

/** Opens the bulletin of a row and returns its title. Rows are counted from 0. */
export async function openRow(page: Page, article: FrameLocator, at: number): Promise<string> {
  const title = await titleOfRow(page, at)
  await bulletinRows(page).nth(at).click()
  await expect(articleHeading(article)).toHaveText(title)
  return title
}

/** Imports three bulletins into the library with the sample. The import opens the last bulletin. */
export async function importThree(page: Page): Promise<void> {
  await importFixtures(page, ['canh-bao-mua-lu.txt', 'khai-giang.txt', 'tuyen-quan.txt'])
}

/** Returns the title of a row of the list. Rows are counted from 0. */
export async function titleOfRow(page: Page, at: number): Promise<string> {
  return (await bulletinRows(page).nth(at).locator('.title').textContent()) ?? ''
}

/** Returns the buttons of the sources in the left column. */
export function sourceButtons(page: Page): Locator {
  return page.getByRole('navigation').locator('section').last().locator('li button')
}

/** Opens an entry of the article's menu. */
export async function chooseInMenu(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Việc khác' }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** Sets the window to the size of a common laptop screen. Most tests use this size. */
export async function setLaptopSize(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1366, height: 768 })
}
