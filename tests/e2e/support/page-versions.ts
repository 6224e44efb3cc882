import type { FrameLocator, Page } from '@playwright/test'

/** Two versions of one page of a portal, by its canonical address. */
export const versions = ['ngày 5 hằng tháng, bắt đầu từ 8h00', 'ngày 7 hằng tháng, bắt đầu từ 7h30'].map(
  (when, at) => `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Lịch tiếp công dân</title>
<link rel="canonical" href="https://xa.example.vn/tin/lich-tiep"></head><body><h1>Lịch tiếp công dân của UBND xã</h1><div class="content">
<p>Ban Tổ chức (BTC) thông báo lịch tiếp dân định kỳ của lãnh đạo UBND xã tại trụ sở, số 2 đường Trường Chinh. Mọi công dân có kiến nghị đều được hướng dẫn tận tình.</p>
<p>Căn cứ Quyết định số 123/QĐ-UBND ngày 08/09/2020 và Nghị định 30/2020/NĐ-CP, lịch tiếp công dân được sắp xếp vào ${when}. BTC đề nghị công dân mang theo giấy tờ cần thiết.</p>
${at === 0 ? '<p>Đoạn này chỉ có ở bản đầu, nói về việc đăng ký trước tại bộ phận một cửa của xã.</p>' : ''}
<p>Các cơ quan, đơn vị liên quan thực hiện nghiêm túc thông báo này; báo cáo kết quả về xã trước ngày 30 hằng tháng để tổng hợp, theo dõi và xử lý.</p>
</div></body></html>`,
)

/** Drops a page on the window, as a file. */
export async function dropPage(page: Page, name: string, html: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], fileName))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [name, html] as const,
  )
}

/** Selects words of the article, as dragging over them does. */
export async function selectWords(article: FrameLocator, words: string): Promise<void> {
  await article.locator('.bulletin').evaluate((bulletin, wanted) => {
    const document = bulletin.ownerDocument
    const nodes: Text[] = []
    const walker = document.createTreeWalker(bulletin, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text)
    const from = nodes
      .map(({ data }) => data)
      .join('')
      .indexOf(wanted)
    const point = (at: number): [Text, number] => {
      let start = 0
      for (const node of nodes) {
        if (start + node.length >= at) return [node, at - start]
        start += node.length
      }
      throw new Error('not in the article')
    }
    if (from < 0) throw new Error(`no “${wanted}”`)
    document.getSelection()?.setBaseAndExtent(...point(from), ...point(from + wanted.length))
  }, words)
}

/** The words that are painted under a name in the article. */
export async function painted(article: FrameLocator, name: 'marked' | 'noted' | 'spoken' | 'match'): Promise<string[]> {
  return article.locator('.bulletin').evaluate((bulletin, wanted) => {
    const view = bulletin.ownerDocument.defaultView
    return [...(view?.CSS.highlights.get(wanted) ?? [])].map((range) => (range as Range).toString())
  }, name)
}
