import { expect, type FrameLocator, type Page } from '@playwright/test'
import { dropPage } from './drop-files'

/** Two versions of one portal page. Both versions have the same canonical address. */
export const versions = ['ngày 5 hằng tháng, bắt đầu từ 8h00', 'ngày 7 hằng tháng, bắt đầu từ 7h30'].map(
  (when, at) => `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Lịch tiếp công dân</title>
<link rel="canonical" href="https://xa.example.vn/tin/lich-tiep"></head><body><h1>Lịch tiếp công dân của UBND xã</h1><div class="content">
<p>Ban Tổ chức (BTC) thông báo lịch tiếp dân định kỳ của lãnh đạo UBND xã tại trụ sở, số 2 đường Trường Chinh. Mọi công dân có kiến nghị đều được hướng dẫn tận tình.</p>
<p>Căn cứ Quyết định số 123/QĐ-UBND ngày 08/09/2020 và Nghị định 30/2020/NĐ-CP, lịch tiếp công dân được sắp xếp vào ${when}. BTC đề nghị công dân mang theo giấy tờ cần thiết.</p>
${at === 0 ? '<p>Đoạn này chỉ có ở bản đầu, nói về việc đăng ký trước tại bộ phận một cửa của xã.</p>' : ''}
<p>Các cơ quan, đơn vị liên quan thực hiện nghiêm túc thông báo này; báo cáo kết quả về xã trước ngày 30 hằng tháng để tổng hợp, theo dõi và xử lý.</p>
</div></body></html>`,
)

/** The first version of the page. */
export const firstVersion = versions[0] ?? ''
/** The second version of the page, which has another day and hour, and one paragraph less. */
export const secondVersion = versions[1] ?? ''

/** Imports the first version of the page and waits until its bulletin is open. */
export async function openFirstVersion(page: Page, article: FrameLocator): Promise<void> {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await dropPage(page, 'lich.html', firstVersion)
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Lịch tiếp công dân')
}

/** Imports both versions of the page, one after another, and waits until the second version is open. */
export async function openBothVersions(page: Page, article: FrameLocator): Promise<void> {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  for (const [at, html] of versions.entries()) {
    await dropPage(page, `lich-${at}.html`, html)
    await expect(article.locator('.body')).toContainText(at === 0 ? 'ngày 5 hằng tháng' : 'ngày 7 hằng tháng')
  }
}
