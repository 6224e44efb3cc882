import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Addresses of the stylesheets of the article frame, as the built `article.html` links them. */
export async function readStylesheets(interfaceFolder: string): Promise<string[]> {
  const html = await readFile(join(interfaceFolder, 'article.html'), 'utf8')
  return [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].flatMap(([link]) => {
    const address = /href="([^"]+)"/.exec(link)?.[1]
    return address === undefined ? [] : [address.replace(/^\.?\/?/, '/')]
  })
}
