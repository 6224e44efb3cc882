import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Returns the addresses of the stylesheets that the built `article.html` links. */
export async function readStylesheets(interfaceFolder: string): Promise<string[]> {
  const html = await readFile(join(interfaceFolder, 'article.html'), 'utf8')
  return [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].flatMap(([link]) => {
    const address = /href="([^"]+)"/.exec(link)?.[1]
    return address === undefined ? [] : [address.replace(/^\.?\/?/, '/')]
  })
}
