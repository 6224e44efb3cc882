import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the print dialog of the open bulletin and waits for its preview. */
export async function openPrintDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'In', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'In bản tin' })
  await waitForPreview(dialog, /tổng số/)
  return dialog
}

/** Waits until the preview is laid out and shows a text. */
export async function waitForPreview(dialog: Locator, text: RegExp): Promise<void> {
  await expect(dialog.getByText(text)).toBeVisible({ timeout: 60_000 })
  await expect(dialog.getByText('Đang dàn trang…')).toHaveCount(0, { timeout: 60_000 })
}

/** Opens the print dialog, waits for its preview and presses "In". */
export async function pressPrint(page: Page): Promise<void> {
  const dialog = await openPrintDialog(page)
  await dialog.getByRole('button', { name: 'In', exact: true }).click()
}
