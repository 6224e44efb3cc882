import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError } from '../shared/errors'
import { type PrintOptions, printOptionsSchema } from '../shared/print/print-options'
import { contentPolicies, editionPolicy } from './content-security'
import { pictureTypeOf } from '../shared/picture-types'

/** What the pages of the program are made from. */
export interface PageSources {
  /** The path of the folder with the built interface: index.html, article.html, assets/. */
  interfaceFolder: string
  /**
   * Reads a file of a bulletin. Also returns a safe name under which a browser can save the file. Throws
   * `bulletin-not-found` and `file-not-found`.
   */
  openFile(id: string, file: string): Promise<{ bytes: Uint8Array; name: string }>
  /** Creates the printable page of bulletins. Throws `bulletin-not-found` and `revision-not-found`. */
  editionOf(
    ids: readonly string[],
    options: PrintOptions | null,
    revisions: Readonly<Record<string, number>>,
  ): Promise<string>
  /** Reads a file of a print or export job. Throws `file-not-found`. */
  readPrint(key: string, file: number): Promise<{ bytes: Uint8Array; name: string }>
  /** Reads the HTML page from which a PDF of a print job was printed. Throws `file-not-found`. */
  readEdition(key: string, file: number): Promise<string>
  /** The maximum number of bulletins in a printable page. */
  maxEditionBulletins: number
}

const assetTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * Creates the function that returns the pages of the program. Both hosts use this function. The function knows these
 * paths:
 * - `/`: the interface
 * - `/article.html`: the empty page of the article frame
 * - `/assets/*`: the files that these two pages load
 * - `/media/<id>/<file>`: a picture or an attached file of a bulletin
 * - `/print/<id>[@<revision>][,…][/<options>]`: a printable page, whose options are JSON in base64url
 * - `/prints/<job>/<file>.<ending>[/download]`: a file of a job, which is shown if it is a PDF without `/download`
 * - `/prints/<job>/<file>/edition`: the HTML page from which a PDF of a job was printed
 * - `/sheets.html`: the page that draws the pages of a PDF for the printer
 *
 * Returns null for any other path. Also returns null if the page does not exist.
 */
export function createPages(sources: PageSources): (path: string) => Promise<Response | null> {
  const page = async (name: string, policy: string): Promise<Response> =>
    respond(await readFile(join(sources.interfaceFolder, name)), 'text/html; charset=utf-8', policy, 'no-store')

  return async (path) => {
    try {
      if (path === '/' || path === '/index.html') return await page('index.html', contentPolicies.interface)
      if (path === '/sheets.html') return await page('sheets.html', contentPolicies.sheets)
      if (path === '/article.html') return await page('article.html', contentPolicies.article)
      const [, asset] = /^\/assets\/([\w-]+(?:\.[\w-]+)*\.[a-z0-9]+)$/.exec(path) ?? []
      if (asset !== undefined) return await assetResponse(sources, asset)
      const [, mediaId, file] = /^\/media\/([0-9a-z]{16}(?:~\d+)?)\/([0-9a-f]{32}\.[a-z0-9]{1,8})$/.exec(path) ?? []
      if (mediaId !== undefined && file !== undefined) return await mediaResponse(sources, mediaId, file)
      const [, ids, given] = /^\/print\/([0-9a-z~,@]{16,200000})(?:\/([\w-]{1,4000}))?$/.exec(path) ?? []
      if (ids !== undefined) return await editionResponse(sources, ids.split(','), given)
      const [, job, made, ending, download] =
        /^\/prints\/([0-9a-f-]{36})\/(\d{1,3})\.([a-z]{2,5})(\/download)?$/.exec(path) ?? []
      if (job !== undefined && made !== undefined && ending !== undefined)
        return madeResponse(await sources.readPrint(job, Number(made)), ending, download !== undefined)
      const [, printed, at] = /^\/prints\/([0-9a-f-]{36})\/(\d{1,3})\/edition$/.exec(path) ?? []
      if (printed !== undefined && at !== undefined) return editionPage(await sources.readEdition(printed, Number(at)))
      return null
    } catch (thrown) {
      const isMissing =
        (thrown instanceof AppError &&
          ['bulletin-not-found', 'revision-not-found', 'file-not-found'].includes(thrown.code)) ||
        (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')
      if (isMissing) return null
      throw thrown
    }
  }
}

async function assetResponse({ interfaceFolder }: PageSources, asset: string): Promise<Response | null> {
  const type = assetTypes[extname(asset)]
  // Only names of files in the built `assets/` folder are accepted, because on Windows a name such as "con.js" would
  // open a device.
  if (type === undefined || !(await readdir(join(interfaceFolder, 'assets'))).includes(asset)) return null
  return respond(
    await readFile(join(interfaceFolder, 'assets', asset)),
    type,
    contentPolicies.data,
    'public, max-age=3600',
  )
}

async function mediaResponse(sources: PageSources, id: string, file: string): Promise<Response> {
  const { bytes, name } = await sources.openFile(id, file)
  const picture = pictureTypeOf(file)
  const response = respond(
    bytes,
    picture ?? 'application/octet-stream',
    contentPolicies.data,
    'private, max-age=31536000, immutable',
  )
  if (picture === null) response.headers.set('content-disposition', disposition(file, name))
  return response
}

/**
 * Returns the header `content-disposition` of RFC 6266. The header has an ASCII name for old programs and the real name
 * in UTF-8.
 */
function disposition(file: string, name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${file}"; filename*=UTF-8''${encoded}`
}

async function editionResponse(
  sources: PageSources,
  named: readonly string[],
  given: string | undefined,
): Promise<Response | null> {
  const options = given === undefined ? null : readOptions(given)
  if (options === 'invalid') return null
  const meant = named.map((each) => each.split('@'))
  const revisions = meant.flatMap(([id = '', number]) => (number === undefined ? [] : [[id, Number(number)] as const]))
  const ids = meant.map(([id = '']) => id)
  if (ids.length > sources.maxEditionBulletins) return null
  const html = await sources.editionOf(ids, options, Object.fromEntries(revisions))
  return editionPage(html)
}

function editionPage(html: string): Response {
  return respond(Buffer.from(html), 'text/html; charset=utf-8', editionPolicy(html), 'no-store')
}

function readOptions(given: string): PrintOptions | 'invalid' {
  try {
    const parsed = printOptionsSchema.safeParse(JSON.parse(Buffer.from(given, 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : 'invalid'
  } catch {
    return 'invalid' // The options are not JSON. The program itself never creates such an address.
  }
}

/**
 * Returns a file of a job. The browser shows only PDF files. Any other file is a download, because an exported page
 * must never appear as a page of the program.
 */
function madeResponse(
  { bytes, name }: { bytes: Uint8Array; name: string },
  ending: string,
  isDownload: boolean,
): Response | null {
  // The address must have the same extension as the file.
  if (extname(name) !== `.${ending}`) return null
  const isPdf = ending === 'pdf'
  const type = isPdf ? 'application/pdf' : 'application/octet-stream'
  const response = respond(bytes, type, isPdf ? contentPolicies.pdf : contentPolicies.data, 'private, no-store')
  // The header has an ASCII name for old programs and the real name in UTF-8 for browsers (RFC 6266).
  const named = `filename="ban-tin.${ending}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`
  response.headers.set('content-disposition', `${isPdf && !isDownload ? 'inline' : 'attachment'}; ${named}`)
  return response
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function respond(bytes: Uint8Array, type: string, policy: string, cache: string): Response {
  // The bytes are copied into a new buffer, because the class Response refuses shared memory.
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy':
        'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=(), display-capture=()',
      'cache-control': cache,
    },
  })
}
