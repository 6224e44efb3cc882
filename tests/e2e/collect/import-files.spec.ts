import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { png } from '../../unit/support/portal'
import { expect, test } from '../support/fixtures'
import { dropFiles, dropFromDisk } from '../support/drop-files'
import { bulletinRows, chooseFiles } from '../support/interface'

const secondBulletin =
  'Thứ Tư, 09/09/2020, 14:30\nLịch tiếp công dân tháng 9\n\nUBND huyện thông báo lịch tiếp công dân tháng 9 năm 2020 tại trụ sở.\n\nKính mời nhân dân đến dự./.\n\nHà Nhung'

test('the program imports a dropped file, and then lists and opens the new bulletin', async ({ page, article }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await dropFiles(page, [{ name: 'lich-tiep-dan.txt', content: secondBulletin }])
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('Lịch tiếp công dân tháng 9')
  await expect(article.locator('.author')).toHaveText('Hà Nhung')
  await expect(page.locator('.toolbar time')).toHaveText('09/09/2020')
  await expect(bulletinRows(page)).toHaveCount(2)
  await expect(page.getByText('Đã nhập 1 bản tin.')).toBeVisible()
})

test('the import button imports several files, and the program explains why an invalid file fails', async ({
  page,
}) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await chooseFiles(page, [
    { name: 'tot.txt', mimeType: 'text/plain', buffer: Buffer.from(secondBulletin) },
    { name: 'rong.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'anh.txt', mimeType: 'text/plain', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) },
    { name: 'cu.txt', mimeType: 'text/plain', buffer: Buffer.from('f0d2c9d7c5d42c20cbcfcc', 'hex') },
    { name: 'bang.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') },
  ])
  const panel = page.getByRole('region', { name: 'Nhập tệp' })
  await expect(panel).toContainText('4 tệp không nhập được')
  await expect(panel).toContainText('Tệp rong.txt không có nội dung nào nên không nhập được.')
  await expect(panel).toContainText('Tệp anh.txt không phải là văn bản.')
  await expect(panel).toContainText('Không nhận ra bảng mã của tệp cu.txt.')
  await expect(panel).toContainText('Tệp bang.json không phải là bản tin do Bản Tin ghi ra')
  await expect(bulletinRows(page)).toHaveCount(2)
  await panel.getByRole('button', { name: 'Đóng' }).click()
  await expect(panel).toHaveCount(0)
})

test('the program reports that a file of 50 MB is too large, and imports the other files', async ({ page }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await dropFiles(page, [
    { name: 'rat-lon.txt', content: 50 * 1024 * 1024 },
    { name: 'ngan.txt', content: 'Tin ngắn\n\nNội dung của tin ngắn.' },
  ])
  await expect(page.getByText('Tệp rat-lon.txt lớn quá mức cho phép (20 MB).')).toBeVisible()
  await expect(bulletinRows(page)).toHaveCount(2)
})

test('the program does not store the same file twice', async ({ page }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await dropFiles(page, [{ name: 'a.txt', content: secondBulletin }])
  await expect(bulletinRows(page)).toHaveCount(2)
  await dropFiles(page, [{ name: 'b.txt', content: secondBulletin }])
  await expect(page.getByText('1 tệp đã có sẵn trong kho, không nhập lại.')).toBeVisible()
  await expect(bulletinRows(page)).toHaveCount(2)
})

test('the program imports the saved pages of a dropped folder with their pictures, and does not import the parts of the pages as bulletins', async ({
  page,
  article,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-drop-'))
  const name = 'Hội nghị tổng kết - Cổng thông tin'
  await mkdir(join(folder, 'tin', `${name}_files`), { recursive: true })
  const saved = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hội nghị tổng kết</title></head><body><article><h1>Hội nghị tổng kết năm 2020</h1><p>Sáng nay, huyện tổ chức hội nghị tổng kết công tác năm 2020 và bàn phương hướng năm 2021.</p><figure><img src="./${encodeURIComponent(name)}_files/hoi-nghi.png" alt="Toàn cảnh"><figcaption>Toàn cảnh hội nghị</figcaption></figure><p>Dự hội nghị có đại diện các phòng, ban, đoàn thể và chủ tịch các xã trong toàn huyện.</p></article></body></html>`
  await writeFile(join(folder, 'tin', `${name}.html`), saved)
  await writeFile(join(folder, 'tin', `${name}_files`, 'hoi-nghi.png'), png)
  await writeFile(join(folder, 'tin', `${name}_files`, 'khung.html'), saved.replaceAll('Hội nghị', 'Khung'))
  try {
    await expect(bulletinRows(page)).toHaveCount(1)
    await dropFromDisk(page, [join(folder, 'tin')], () =>
      expect(page.getByText('Thả tệp vào đây để nhập')).toBeVisible(),
    )
    await expect(article.getByRole('heading', { level: 1 })).toHaveText('Hội nghị tổng kết năm 2020')
    await expect(bulletinRows(page)).toHaveCount(2)
    const picture = article.getByRole('img', { name: 'Toàn cảnh' })
    await expect(picture).toBeVisible()
    await expect(picture).toHaveJSProperty('naturalWidth', 1)
  } finally {
    await rm(folder, { recursive: true })
  }
})
