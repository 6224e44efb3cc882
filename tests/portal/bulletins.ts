import { crc32, deflateSync } from 'node:zlib'
import { bulletinText } from '../../bench/corpus.mjs'

/** A bulletin of a test portal. Its number determines all other fields. */
export interface PortalBulletin {
  number: number
  section: Section
  title: string
  summary: string
  paragraphs: string[]
  author: string
  /** The day of publication as YYYY-MM-DD, in Vietnam time. */
  date: string
  /** The time of publication as HH:MM, in Vietnam time. */
  time: string
  hasPicture: boolean
  hasFile: boolean
}

/** A section of a test portal, with its name in addresses and its name in the menu. */
export interface Section {
  slug: string
  name: string
}

/** The sections of every test portal. The bulletins are assigned to the sections in turn. */
export const sections: readonly Section[] = [
  { slug: 'tin-trong-tinh', name: 'Tin trong tỉnh' },
  { slug: 'thong-bao', name: 'Thông báo' },
  { slug: 'chi-dao-dieu-hanh', name: 'Chỉ đạo điều hành' },
]

/** The number of hours between two bulletins. With this number, 300 bulletins cover 15 months. */
const hoursBetween = 37
/** The time of the newest bulletin, in ms since 1970. It is fixed, so that tests always see the same portal. */
const newestMs = Date.UTC(2026, 10, 20, 1, 30)
const vietnamMs = 7 * 3_600_000

/** Creates the bulletins of a portal, the newest first. */
export function createBulletins(count: number): PortalBulletin[] {
  return Array.from({ length: count }, (_none, at) => createBulletin(at))
}

function createBulletin(number: number): PortalBulletin {
  const { title, bodyText, author } = bulletinText(number)
  const paragraphs = bodyText.split('\n\n')
  const local = new Date(newestMs - number * hoursBetween * 3_600_000 + vietnamMs).toISOString()
  return {
    number,
    section: sections[number % sections.length] ?? { slug: '', name: '' },
    title: `${title} (số ${number})`,
    summary: paragraphs[0]?.split(/(?<=\.) /)[0] ?? title,
    paragraphs,
    author: author ?? 'Nông Thị Hoa',
    date: local.slice(0, 10),
    time: local.slice(11, 16),
    hasPicture: number % 3 !== 2,
    hasFile: number % 5 === 0,
  }
}

/** Returns the day of publication as dd/mm/yyyy, in the way portals write it. */
export function dayFirst({ date }: PortalBulletin): string {
  return date.split('-').toReversed().join('/')
}

/** Creates a small PNG of one colour. The colour is different for every number. */
export function picture(number: number): Buffer {
  const size = 32
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(size * 3, Buffer.of(number & 255, (number * 7) & 255, 128))])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.byteLength)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Creates the attached file of a bulletin: a small PDF with one empty page. */
export function attachment(number: number): Buffer {
  return Buffer.from(
    `%PDF-1.4\n% bulletin ${number}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )
}
