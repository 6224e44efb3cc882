import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** The smallest PNG, which is one grey pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
/** The smallest GIF. */
export const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAAC', 'base64')
/** The first bytes of a PDF, which are enough to detect the type. */
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** What the portal answers to a request for a path. `body` may be a function of the portal's origin. */
export interface PortalPage {
  body: string | Buffer | ((origin: string) => string)
  type?: string
  status?: number
  headers?: Record<string, string>
}

/** A local web server that acts as a portal. A test can change its pages while it runs. */
export interface Portal {
  origin: string
  pages: Map<string, PortalPage>
  /** The requested paths, in the order of the requests. */
  requests: string[]
  stop(): Promise<void>
}

/** Starts a portal on a free port. */
export async function startPortal(pages: Record<string, PortalPage>): Promise<Portal> {
  const pageByPath = new Map(Object.entries(pages))
  const requests: string[] = []
  let origin = ''
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const page = pageByPath.get(path) ?? pageByPath.get(path.split('?')[0] ?? '')
    if (page === undefined) return void response.writeHead(404).end('404')
    const body = typeof page.body === 'function' ? page.body(origin) : page.body
    response
      .writeHead(page.status ?? 200, { 'content-type': page.type ?? 'text/html; charset=utf-8', ...page.headers })
      .end(body)
  })
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  // The cast is safe, because a server that listens on a TCP port has an address of this type.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    pages: pageByPath,
    requests,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Returns an article of a portal with a file, a missing picture, and a picture that the page loads lazily. */
export function articleHtml(origin: string, body = 'Sáng 24/11, Ủy ban nhân dân tỉnh họp phiên thường kỳ.'): string {
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Họp phiên thường kỳ tháng 11</title>
<link rel="canonical" href="${origin}/tin/hop-phien">
<meta name="description" content="Phiên họp bàn nhiệm vụ những tháng cuối năm và kế hoạch năm tới của tỉnh.">
</head><body><div id="content"><h1>Họp phiên thường kỳ tháng 11</h1>
<p class="date">24/11/2026 10:30</p>
<p>${body} Các đại biểu thảo luận về kết quả phát triển kinh tế - xã hội, thu ngân sách và giải ngân vốn đầu tư công.</p>
<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC" data-src="/anh/hop.png" alt="Quang cảnh &quot;phiên họp&quot;"><figcaption>Quang cảnh phiên họp</figcaption></figure>
<p>Đồng chí Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ngành tập trung hoàn thành các chỉ tiêu đã đề ra.</p>
<figure><img src="../anh/mat.png" alt="Ảnh đã mất"></figure>
<p>Toàn văn thông báo: <a href="/tep/thong%20bao.pdf">Thông báo số 12</a>. Các đơn vị căn cứ tổ chức thực hiện.</p>
</div></body></html>`
}
