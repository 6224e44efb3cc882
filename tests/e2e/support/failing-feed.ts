import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A running server whose feed works and whose pages fail. */
export interface FailingFeed {
  feedAddress: string
  stop(): void
}

/** Starts a server without robots.txt. Its feed works, and the page of every entry answers with an error. */
export async function startFailingFeed(feed: {
  title: string
  entries: readonly string[]
  pageStatus: number
}): Promise<FailingFeed> {
  let origin = ''
  const server = createServer((request, response) => {
    const isFeed = request.url === '/rss'
    response.writeHead(isFeed ? 200 : request.url === '/robots.txt' ? 404 : feed.pageStatus, {
      'content-type': isFeed ? 'application/rss+xml; charset=utf-8' : 'text/plain',
    })
    const items = feed.entries.map(
      (title, at) => `<item><title>${title}</title><link>${origin}/tin/${at + 1}</link></item>`,
    )
    const rss = `<rss version="2.0"><channel><title>${feed.title}</title>${items.join('')}</channel></rss>`
    response.end(isFeed ? rss : 'lỗi')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The cast is safe, because a listening TCP server has an address of this shape.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    feedAddress: `${origin}/rss`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
