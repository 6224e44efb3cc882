// Writes libraries of generated Vietnamese bulletins, which are the same on every machine. Each library is written
// once, without fsync, and then stays in the system's temporary folder.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The version of the generated bulletins, which is a part of the name of their folder. Increase it with every change of
 * this file, so that an older library on disk is not used.
 */
const version = 3
const onsets = 'b c ch d đ g gh gi h k kh l m n ng nh ph qu r s t th tr v x'.split(' ')
const rimes =
  'a an ang anh ao ac at ai ay ăn ăng ắc ân âng ất ây e en eo ê ên ênh i in inh iên iêng o on ong ơn ô ôn ông ơ ơi u un ung uôn uông ư ưng ươn ương yên'.split(
    ' ',
  )
const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const openings = [
  'Thông báo',
  'Kế hoạch',
  'Hội nghị',
  'Triển khai',
  'Tổng kết',
  'Phát động',
  'Đẩy mạnh',
  'Tăng cường',
  'Lịch tiếp công dân',
  'Hướng dẫn',
]
const places = [
  'Bắc Kạn',
  'Thái Nguyên',
  'Ba Bể',
  'Chợ Đồn',
  'Na Rì',
  'Ngân Sơn',
  'Pác Nặm',
  'Bạch Thông',
  'Chợ Mới',
  'Định Hóa',
]
const common =
  'của và các trong cho với đến từ năm xã huyện tỉnh nhân dân công tác phát triển kinh tế xã hội thực hiện tổ chức đã được những người về có không ủy ban UBND đảng viên nông thôn mới'.split(
    ' ',
  )

/**
 * Returns a random number generator (mulberry32) for whole numbers from 0 to `below` - 1. Generators with equal seeds
 * return equal numbers.
 */
function randomOf(seed) {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** All combinations of an onset, a rime and a tone: several thousand syllables, which is as many as Vietnamese has. */
const syllables = onsets.flatMap((onset) =>
  rimes.flatMap((rime) =>
    tones.map((tone) =>
      (onset + rime.replace(/[aeiouăâêôơưy](?=[^aeiouăâêôơưy]*$)/u, (vowel) => vowel + tone)).normalize('NFC'),
    ),
  ),
)

/**
 * Returns the generated bulletin with the given number. Half of its words are common words. The other half are
 * syllables whose frequency falls with their rank.
 */
export function bulletinText(number) {
  const random = randomOf(number + 1)
  const rare = () => syllables[Math.floor((random(1_000_000) / 1_000_000) ** 3 * syllables.length)]
  const nextWord = () => (random(2) === 0 ? common[random(common.length)] : rare())
  const sentence = () => {
    const words = Array.from({ length: 12 + random(18) }, nextWord).join(' ')
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  }
  const place = places[random(places.length)]
  const paragraphs = Array.from({ length: 4 + random(6) }, () =>
    Array.from({ length: 2 + random(4) }, sentence).join(' '),
  )
  // Every fiftieth bulletin contains the words that the search benchmark looks for.
  if (number % 50 === 0) paragraphs[0] += ` Phong trào thi đua yêu nước ở ${place} được đẩy mạnh.`
  const day = new Date(Date.UTC(2006, 0, 1) + random(20 * 365) * 86_400_000).toISOString().slice(0, 10)
  const bodyText = paragraphs.join('\n\n')
  return {
    title: `${openings[random(openings.length)]} ${rare()} ${rare()} ${rare()} ở ${place}`,
    summary: random(3) === 0 ? null : sentence(),
    author: random(2) === 0 ? null : 'Hoàng Văn Thụ',
    published: { value: day, precision: 'day', asWritten: day, from: 'text' },
    language: 'vi',
    bodyHtml: paragraphs.map((text) => `<p>${text}</p>`).join('\n'),
    bodyText,
    figures: [],
    attachments: [],
    repairs: [],
  }
}

/** Returns the generated bulletin with the given number, in the form in which an import adds it to a library. */
export function additionOf(number) {
  const text = bulletinText(number)
  const host = `cong-${number % 12}.gov.vn`
  return {
    bytes: Buffer.from(`${text.title}\n\n${text.bodyText}\n`),
    name: `${number}.txt`,
    address: `https://${host}/tin/${number}`,
    source: { id: null, name: `Cổng thông tin số ${number % 12}`, host },
    charset: 'utf-8',
    extractor: { name: 'page-dump', version: 1 },
    text,
  }
}

/**
 * Returns the folder of a library of `count` bulletins, the size of this folder, and the time that it took to write the
 * library. Writes the library if it is not on disk yet.
 */
export function corpus(core, count) {
  const folder = join(tmpdir(), `bantin-corpus-${version}-${count}`)
  const summaryFile = join(folder, 'corpus.json')
  if (existsSync(summaryFile)) return { folder, ...JSON.parse(readFileSync(summaryFile, 'utf8')) }
  rmSync(folder, { recursive: true, force: true })
  const startedAt = Date.now()
  let bytes = 0
  const write = (path, content) => {
    writeFileSync(path, content)
    bytes += content.length
  }
  const json = (value) => Buffer.from(JSON.stringify(value, undefined, '\t'))
  mkdirSync(folder, { recursive: true })
  write(join(folder, 'README.txt'), Buffer.from(core.readmeText))
  write(
    join(folder, 'library.json'),
    json({
      format: 'bantin-library/1.0',
      id: '00000000-0000-4000-8000-000000000000',
      created: '2026-01-01T00:00:00.000Z',
      sampleAdded: true,
    }),
  )
  for (let number = 0; number < count; number++) writeBulletin(core, folder, number, write, json)
  const summary = { bulletins: count, megabytes: Math.round(bytes / 1e6), minutes: (Date.now() - startedAt) / 60_000 }
  writeFileSync(summaryFile, JSON.stringify(summary))
  return { folder, ...summary }
}

function writeBulletin(core, library, number, write, json) {
  const addition = additionOf(number)
  const now = new Date(Date.UTC(2026, 0, 1) + number * 1000)
  const hash = core.sha256(addition.bytes)
  const id = core.idOf({ address: addition.address })
  const path = core.createFolderPath(
    addition.text.published,
    core.toSlug(addition.text.title, core.maxSlugLength),
    id,
    now,
  )
  const folder = join(library, path)
  for (const name of ['revisions', 'captures', 'files']) mkdirSync(join(folder, name), { recursive: true })
  const time = now.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
  const file = `files/${hash.slice(0, 32)}.txt`
  const size = { bytes: addition.bytes.byteLength, sha256: hash }
  const capture = {
    capturedAt: now.toISOString(),
    via: 'file',
    originalFileName: addition.name,
    program: 'bench',
    requests: [
      { role: 'page', targetUri: null, status: null, received: size, decoded: { ...size, charset: 'utf-8' }, file },
    ],
  }
  const document = {
    id,
    idRule: core.idRule,
    addresses: [{ url: addition.address, from: now.toISOString(), until: null, how: 'canonical' }],
    source: addition.source,
    relations: [],
    revision: 1,
  }
  const contents = new Map([
    [file, addition.bytes],
    [`captures/${time}.json`, json(capture)],
    ['revisions/0001.json', json(core.createRevision(addition, 1, 'first-capture', `captures/${time}.json`, now))],
    ['bulletin.json', json(document)],
  ])
  for (const [name, content] of contents) write(join(folder, name), content)
  const manifest = new Map([...contents].map(([name, content]) => [name, core.sha256(content)]))
  write(join(folder, 'manifest-sha256.txt'), Buffer.from(core.formatManifest(manifest)))
  if (number % 3 === 0)
    write(
      join(folder, 'status.json'),
      json({
        read: number % 2 === 0,
        starred: number % 30 === 0,
        tags: number % 60 === 0 ? ['họp'] : [],
        folder: null,
        position: null,
      }),
    )
}

/** Returns the size in bytes of a file, or of all files below a folder. */
export function sizeOf(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
