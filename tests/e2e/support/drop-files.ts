import type { Page } from '@playwright/test'

/** A file to drop on the window. */
export interface DroppedFile {
  name: string
  /**
   * The content of the file, or the number of zero bytes that it consists of. The page itself creates zero bytes,
   * because sending many bytes to the page is slow.
   */
  content: string | Buffer | number
}

/** Drops files on the window in the same way as a file manager. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await page.evaluate(
    (given) => {
      const transfer = new DataTransfer()
      for (const { name, base64, zeros } of given) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([bytes, new Uint8Array(zeros)], name))
      }
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    files.map(({ name, content }) =>
      typeof content === 'number'
        ? { name, base64: '', zeros: content }
        : { name, base64: Buffer.from(content).toString('base64'), zeros: 0 },
    ),
  )
}

/** Drops a page on the window. */
export async function dropPage(page: Page, name: string, html: string): Promise<void> {
  await dropFiles(page, [{ name, content: html }])
}

/** Drops files and folders of this machine on the window. The page reads the folders itself. */
export async function dropFromDisk(page: Page, paths: string[], whileOver: () => Promise<void>): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  // The files are dropped on the list. The frame of the article would receive a drag only after its page has loaded.
  const drag = { x: 300, y: 400, data: { items: [], files: paths, dragOperationsMask: 1 } }
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...drag })
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...drag })
  await whileOver()
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...drag })
}
