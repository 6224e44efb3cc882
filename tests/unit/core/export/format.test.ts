import { unzipSync } from 'fflate'
import { lexer, type Token } from 'marked'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { epub } from '../../../../src/core/export/epub'
import type { Format } from '../../../../src/core/export/format'
import { html } from '../../../../src/core/export/html'
import { json } from '../../../../src/core/export/json'
import { markdown } from '../../../../src/core/export/markdown'
import { text } from '../../../../src/core/export/plain-text'
import { toXhtml } from '../../../../src/core/export/xhtml'
import type { Bulletin } from '../../../../src/shared/bulletin'
import { bulletin, context, hostileItem, hostileText, item, pictureBytes, pictureName } from './export-bulletins'

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const written = (format: Format, exported = item(), given = context()): string =>
  decode(format.kind === 'book' ? format.write([exported], given) : format.write(exported, given))

/** Returns the problems that an XML parser reports. Returns [] if the document is well-formed. */
function xmlProblems(xml: string): string[] {
  const problems: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', ({ message }) => void problems.push(message))
  parser.write(xml).close()
  return problems
}

describe('html format', () => {
  it('the html format contains the pictures, the style, and a policy that allows nothing else', () => {
    const page = written(html)
    expect(page).toContain(`<img src="data:image/png;base64,${pictureBytes.toString('base64')}" alt="Quang cảnh" />`)
    expect(page).toContain('.bulletin { color: black }')
    expect(page).toMatch(/content="default-src 'none'; img-src data:; style-src 'sha256-[\w+/]{43}='; base-uri 'none'/)
    // The picture is a data URL, so the file loads no picture from outside.
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address?.slice(0, 15))).toEqual([
      'data:image/png;',
    ])
  })

  it('the html format shows the parts of a bulletin in the order of the screen', () => {
    const { title, summary } = bulletin()
    const parts = ['UBND huyện', '08/09/2020', title, summary ?? '', 'Hội trường', 'Quang cảnh phiên họp', 'Bản Vẹn']
    const last = ['Hà Nhung', 'Phó Chủ tịch', 'Kế hoạch.pdf', 'https://huyen.example/tin/1?a=1&#38;b=2']
    const page = written(html).slice(written(html).indexOf('<article'))
    const places = [...parts, ...last].map((part) => page.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it.each([
    ['pictures', { pictures: false }, 'data:image/png'],
    ['the source box', { sourceBox: false }, 'huyen.example'],
  ])('the html format leaves out %s if the options exclude this part', (_name, options, sign) => {
    expect(written(html)).toContain(sign)
    expect(written(html, item(), context(options))).not.toContain(sign)
  })

  it('the html format contains the highlights and notes of the user only if the options ask for them', () => {
    expect(written(html)).not.toMatch(/<mark>|Đo lại/)
    const marked = written(html, item(), context({ marks: true }))
    expect(marked).toContain('<mark>Hội trường</mark>')
    expect(marked).toMatch(/<sup class="note-number">1<\/sup>[\s\S]*<li>Đo lại ở sân<\/li>/)
  })

  it('the html format shows a placeholder for a picture that was left out', () => {
    const { pictures: _none, ...rest } = item()
    expect(written(html, { ...rest, pictures: new Map() })).toContain('<span class="missing-picture">Quang cảnh</span>')
  })

  it('a file in the html format runs no script from a hostile field', () => {
    const page = written(html, hostileItem(), context({ marks: true }))
    // The test removes attribute values first, because they may hold any text.
    expect(page.replace(/="[^"]*"/g, '=""')).not.toMatch(/<script|<img src=x|<[^>]*\son\w+\s*=/i)
    expect(page).not.toContain('javascript:')
    expect(page.match(/<img\b/g)).toHaveLength(1)
  })
})

describe('epub format', () => {
  const files = (bytes: Uint8Array): Record<string, string> =>
    Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, decode(content)]))
  const book = (items = [item()], given = context()): Uint8Array =>
    epub.kind === 'book' ? epub.write(items, given) : new Uint8Array()

  it('the epub format begins with the media type as an uncompressed entry without extra fields', () => {
    const bytes = Buffer.from(book())
    expect(bytes.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip')
    // The entry has no flags, so its sizes precede its bytes. The entry uses the method "stored" and has no extra
    // field.
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8), bytes.readUInt16LE(28)]).toEqual([0, 0, 0])
  })

  it('the epub format consists of well-formed XML, even with hostile fields', () => {
    const entries = files(book([item(), hostileItem()], context({ marks: true }, hostileText)))
    const documents = Object.entries(entries).filter(([name]) => /\.(?:xml|opf|xhtml)$/.test(name))
    expect(documents.map(([name]) => name)).toEqual([
      ...['META-INF/container.xml', 'EPUB/package.opf', 'EPUB/nav.xhtml'],
      ...['EPUB/bulletin-0001.xhtml', 'EPUB/bulletin-0002.xhtml'],
    ])
    for (const [name, xml] of documents) expect(xmlProblems(xml), name).toEqual([])
    expect(Object.values(entries).join('')).not.toMatch(/<script|onerror\s*=\s*alert\(1\)>|javascript:/)
  })

  it('control: the XML parser reports problems in broken XML', () => {
    expect(xmlProblems('<p>a<br></p>')).not.toEqual([])
    expect(xmlProblems('<p>\u0001</p>')).not.toEqual([])
    expect(xmlProblems('<p>&nbsp;</p>')).not.toEqual([])
  })

  it('the epub format lists all files of the book in the package document, in reading order', () => {
    const entries = files(book([item(), item({ id: 'zzzzzzzzzzzzzzzz', title: 'Tin thứ hai' })]))
    const opf = entries['EPUB/package.opf'] ?? ''
    const listed = [...opf.matchAll(/href="([^"]+)"/g)].map(([, href]) => `EPUB/${href ?? ''}`)
    const inside = Object.keys(entries).filter((name) => name.startsWith('EPUB/') && name !== 'EPUB/package.opf')
    expect(listed.toSorted()).toEqual(inside.toSorted())
    expect([...opf.matchAll(/idref="(\w+)"/g)].map(([, id]) => id)).toEqual(['c1', 'c2'])
    expect(opf).toContain('<dc:language>vi</dc:language>')
    expect(opf).toContain('<dc:title>Sách</dc:title>')
    expect(opf).toContain('<meta property="dcterms:modified">2026-11-24T03:15:00Z</meta>')
    expect(entries['META-INF/container.xml']).toContain('full-path="EPUB/package.opf"')
    expect(entries['EPUB/nav.xhtml']).toMatch(
      /<nav epub:type="toc"[\s\S]*bulletin-0001\.xhtml">Họp phiên[\s\S]*bulletin-0002\.xhtml">Tin thứ hai/,
    )
  })

  it('the epub format contains each picture once and unchanged, and only pictures of core media types', () => {
    const other = pictureName.replace('.png', '.bmp')
    const pictures = new Map([
      [pictureName, pictureBytes],
      [other, pictureBytes],
    ])
    const body = `<p><img src="files/${pictureName}" alt=""><img src="files/${other}" alt="vẽ"></p>`
    const given = { bulletin: bulletin({ bodyHtml: body }), pictures }
    const entries = unzipSync(book([given, given]))
    expect(Object.keys(entries).filter((name) => name.startsWith('EPUB/pictures/'))).toEqual([
      `EPUB/pictures/${pictureName}`,
    ])
    expect(Buffer.from(entries[`EPUB/pictures/${pictureName}`] ?? [])).toEqual(pictureBytes)
    const chapter = decode(entries['EPUB/bulletin-0001.xhtml'] ?? new Uint8Array())
    expect(chapter).toContain(`<img src="pictures/${pictureName}" alt=""/>`)
    expect(chapter).toContain('<span class="missing-picture">vẽ</span>')
  })

  it('two files in the epub format have the same identifier exactly if they contain the same revisions', () => {
    const nameOf = (bytes: Uint8Array): string =>
      /urn:uuid:([\w-]+)/.exec(files(bytes)['EPUB/package.opf'] ?? '')?.[1] ?? ''
    expect(nameOf(book())).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/)
    expect(nameOf(book())).toBe(nameOf(book()))
    const revised = item({ revision: { ...bulletin().revision, digest: 'cd'.repeat(32) } })
    expect(nameOf(book([revised]))).not.toBe(nameOf(book()))
  })

  it.each([
    ['<p>a<br>b<hr>', '<p>a<br/>b</p><hr/>'],
    ['<ol reversed><li>a<li>b</ol>', '<ol reversed=""><li>a</li><li>b</li></ol>'],
    ['<b><i>a</b></i>', '<b><i>a</i></b>'],
    ['a&nbsp;b&lt;c', 'a\u00A0b&#60;c'],
    ['<td colspan="2"></td>', '<td colspan="2"></td>'],
  ])('the epub format writes the text %s as %s', (given, xhtml) => expect(toXhtml(given)).toBe(xhtml))
})

describe('text format', () => {
  it('the text format contains title, date, source, summary, body, author and origin with CRLF line ends', () => {
    expect(written(text)).toBe(
      [
        '\uFEFFHọp phiên thường kỳ tháng 9',
        '08/09/2020 · UBND huyện',
        'Sáng nay, huyện họp phiên thường kỳ.',
        'Hội trường & sân.',
        'Diện tích 5 m2, bỏ và CO2./.',
        'Hà Nhung - Phó Chủ tịch',
        'Địa chỉ: https://huyen.example/tin/1?a=1&b=2\r\nLưu lần đầu: 10:15 24/11/2026',
      ].join('\r\n\r\n') + '\r\n',
    )
  })

  it('the text format contains highlights, notes and origin only if the options ask for them', () => {
    const given = context({ marks: true, sourceBox: false })
    expect(written(text, item(), given)).not.toContain('huyen.example')
    expect(written(text, item(), given)).toMatch(
      /Chỗ tô màu\r\n- «Hội trường»\r\n\r\nGhi chú\r\n- «Diện tích» Đo lại ở sân/,
    )
  })

  it('the text format contains only the title if all other fields of the bulletin are empty', () => {
    const bare = { summary: null, author: null, publishedAt: null, bodyText: '', url: null }
    const given = item({ ...bare, source: { id: null, name: null, host: null } })
    expect(written(text, given, context({ sourceBox: false }))).toBe('\uFEFFHọp phiên thường kỳ tháng 9\r\n')
  })
})

describe('markdown format', () => {
  it('the markdown format contains headings and tables, pictures at the end, and HTML tags where Markdown has no syntax', () => {
    const page = written(markdown)
    expect(page).toMatch(/^UBND huyện · 08\/09\/2020\n/)
    expect(page).toContain('**Địa chỉ:** https://huyen.example/tin/1?a=1\\&b=2\\\n**Lưu lần đầu:** 10:15 24/11/2026')
    expect(page).toContain('# Họp phiên thường kỳ tháng 9\n')
    expect(page).toContain('**Sáng nay, huyện họp phiên thường kỳ.**')
    expect(page).toMatch(/\| Bản Vẹn \| 1\.250 \|/)
    expect(page).toContain('5 m<sup>2</sup>, ~~bỏ~~ và CO<sub>2</sub>')
    expect(page).toContain(`![Quang cảnh][${pictureName}]`)
    expect(page.trimEnd().split('\n').at(-1)).toBe(
      `[${pictureName}]: data:image/png;base64,${pictureBytes.toString('base64')}`,
    )
  })

  it('the markdown format contains highlights, notes and pictures only if the options ask for them', () => {
    const given = context({ marks: true, pictures: false })
    const page = written(markdown, item(), given)
    expect(page).toContain('<mark>Hội trường</mark>')
    expect(page).toContain('<mark>Diện tích</mark><sup>1</sup>')
    expect(page).toMatch(/## Ghi chú\n\n1\. Đo lại ở sân/)
    expect(page).not.toContain('data:')
  })

  it('the markdown format contains no tag from a hostile field', () => {
    const tags: string[] = []
    const collect = (tokens: readonly Token[]): void => {
      for (const token of tokens) {
        if (token.type === 'html') tags.push(token.raw.trim())
        if ('tokens' in token && token.tokens !== undefined) collect(token.tokens)
        if (token.type === 'list' && 'items' in token) collect(token.items as Token[]) // safe cast: the package `marked` defines this shape
      }
    }
    collect(lexer(written(markdown, hostileItem(), context({ marks: true }))))
    expect([...new Set(tags)].filter((tag) => !/^<\/?(?:mark|sup|sub|u)>$/.test(tag))).toEqual([])
    // Control: without escaping, the text contains a tag.
    tags.length = 0
    collect(lexer(hostileText))
    expect(tags.join('')).toContain('<script>')
  })

  it.each([
    'http://x.example/<img src=x onerror=alert(1)>',
    'http://x.example/[a](javascript:alert(1))',
    'www.x.example/`a` ![b](http://evil.example/p.png)',
  ])('the markdown format writes the title %s only as text and http links', (title) => {
    const [heading] = lexer(written(markdown, item({ title }))).filter(({ type }) => type === 'heading')
    const inline = heading?.type === 'heading' ? (heading.tokens ?? []) : []
    expect(inline.filter(({ type }) => !['link', 'text', 'escape'].includes(type))).toEqual([])
    for (const token of inline) if (token.type === 'link') expect(token['href']).toMatch(/^http:/)
  })

  it('the markdown format needs little memory for table cells with huge spans', () => {
    const row = `<tr>${'<td rowspan="1000" colspan="1000">a</td>'.repeat(50)}</tr>`
    const page = written(markdown, item({ bodyHtml: `<table>${row.repeat(50)}</table>` }))
    expect(page.length).toBeLessThan(100_000)
    expect(page.split('a |').length - 1).toBe(2500)
  })
})

describe('json format', () => {
  it('the json format equals the bulletin of the contract, with notes only if the options ask for them', () => {
    const parsed = (marks: boolean): Bulletin => JSON.parse(written(json, item(), context({ marks }))) as Bulletin
    expect(parsed(true)).toEqual(bulletin())
    const { status, ...rest } = parsed(false)
    expect(rest).toEqual(Object.fromEntries(Object.entries(bulletin()).filter(([name]) => name !== 'status')))
    expect(status).toMatchObject({ highlights: [], notes: [], tags: ['họp'] })
  })

  it('the json format keeps every field unchanged', () => {
    const page = written(json, hostileItem(), context({ marks: true }))
    expect(JSON.parse(page)).toEqual(hostileItem().bulletin)
  })
})
