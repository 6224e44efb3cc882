import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DumpParts, readPageDump } from '../../../../../src/core/extract/dump/page-dump'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

// A bulletin in the form of the sample bulletin. It was written for these tests.
const title = 'Huyện Na Rì đẩy mạnh trồng rừng, góp phần giảm nghèo bền vững'
const summary =
  'Ba năm qua, theo Nghị quyết của Ban Chấp hành Đảng bộ huyện, Na Rì đã trồng mới hơn ba nghìn héc-ta rừng, tạo việc làm cho hàng trăm hộ dân ở các xã vùng cao.'
const captionLines = ['Cánh rừng keo ba năm tuổi của gia đình ông Triệu Văn Lâm', 'ở thôn Nà Pì, xã Kim Lư.']
const caption = captionLines.join(' ')
const secondCaption = 'Vườn ươm cây giống của hợp tác xã ở xã Sơn Thành.'
const body = [
  'Những ngày đầu năm 2020, trên khắp các sườn đồi của huyện Na Rì, bà con đang tập trung phát dọn thực bì, cuốc hố, chuẩn bị cho vụ trồng rừng mới. Theo kế hoạch, năm nay toàn huyện trồng 1.150 ha, trong đó 900 ha do nhân dân tự bỏ vốn đầu tư; diện tích còn lại thuộc chương trình “Phát triển lâm nghiệp bền vững”.',
  'Ông Nguyễn Văn Tuấn, Hạt trưởng Hạt Kiểm lâm huyện, cho biết: “Đến hết tháng 8, toàn huyện đã trồng được 1.020 ha, đạt 88,7% kế hoạch. Cây giống đều có nguồn gốc rõ ràng, tỷ lệ sống đạt trên 90%”. Cùng với đó, công tác bảo vệ và phòng cháy, chữa cháy rừng được duy trì thường xuyên, không để xảy ra điểm nóng.',
  'Thời gian tới, huyện tiếp tục mở rộng diện tích rừng gỗ lớn, gắn với chứng chỉ quản lý rừng bền vững; phấn đấu đến năm 2025 nâng độ che phủ lên 75% và thu nhập từ rừng đạt 60 triệu đồng/ha/chu kỳ/.',
].map((text) => text.replace(/\/\.$/, './.'))
const author = 'Hoàng Thu Trang - Phó Chủ tịch UBND huyện, Trưởng Ban Chỉ đạo phát triển lâm nghiệp huyện'
const toolbar = 'PublishingPortal - Block_BanTin_Toolbar'
const viewData = ' PublishingPortal - Block_BanTin_ViewData'

const lines = (...parts: (string | readonly string[])[]): string => parts.flat().join('\n')
const separated = (paragraphs: readonly string[]): string[] => paragraphs.flatMap((text) => [text, ''])
const head = [toolbar, '', '08/09/2020', 'Tăng cỡ chữ Giảm cỡ chữ', title]
const dump = lines(head, summary, '', viewData, '', '', captionLines, '', separated(body), author)

const expected: DumpParts = {
  title,
  summary,
  author,
  date: '08/09/2020',
  content: [{ kind: 'caption', text: caption }, ...body.map((text) => ({ kind: 'paragraph' as const, text }))],
}
const paragraphs = (parts: DumpParts): string[] =>
  parts.content.filter(({ kind }) => kind === 'paragraph').map(({ text }) => text)
const captions = (parts: DumpParts): string[] =>
  parts.content.filter(({ kind }) => kind === 'caption').map(({ text }) => text)
const wrapped = (text: string, width: number): string[] =>
  text.match(new RegExp(`.{1,${width}}(?: |$)`, 'g'))?.map((line) => line.trim()) ?? []

it('readPageDump finds all parts of a page', () => {
  expect(readPageDump(dump)).toEqual(expected)
})

describe('readPageDump, with other forms of the same page', () => {
  it.each<[string, string]>([
    ['CRLF at the ends of the lines', dump.replaceAll('\n', '\r\n')],
    ['CR at the ends of the lines', dump.replaceAll('\n', '\r')],
    ['CR CR LF at the ends of the lines', dump.replaceAll('\n', '\r\r\n')],
    ['a byte order mark at the beginning', `\ufeff${dump}`],
    ['blank lines with a no-break space', dump.replaceAll('\n\n', '\n\u00a0\n')],
    ['blank lines with a zero-width space', dump.replaceAll('\n\n', '\n\u200b\n')],
    ['paragraphs that are indented with no-break spaces', dump.replaceAll(/^(?=[NÔT])/gmu, '\u00a0\u00a0\u00a0')],
    ['spaces at the ends of the lines', dump.replaceAll('\n', ' \t\n')],
    ['the controls of the portal on two lines', dump.replace('chữ Giảm', 'chữ\nGiảm')],
    [
      'other controls of the portal',
      dump.replace('Tăng cỡ chữ Giảm cỡ chữ', 'A- A A+ | In trang | Gửi email\nChia sẻ:\nLượt xem: 1.234'),
    ],
    ['the controls of the portal on the line with the date', dump.replace('08/09/2020\n', '08/09/2020 | ')],
    ['no controls of the portal', dump.replace('Tăng cỡ chữ Giảm cỡ chữ\n', '')],
    ['breadcrumbs above the title', `Trang chủ > Tin tức > Nông nghiệp\n${dump}`],
    ['no block titles', dump.replace(`${toolbar}\n`, '').replace(`${viewData}\n`, '')],
    ['only the second block title', dump.replace(`${toolbar}\n`, '')],
    ['numbered block titles', dump.replace('_ViewData', '_ViewData [1]')],
    ['a date after the title', dump.replace('08/09/2020\n', '').replace(title, `${title}\n08/09/2020`)],
    ['a date at the end', `${dump.replace('08/09/2020\n', '')}\n\n08/09/2020`],
    ['no blank line between paragraphs', dump.replaceAll(/\n+/g, '\n')],
    [
      'two blank lines between paragraphs',
      dump.replace(`${caption}\n`, `${caption}\n\n`).replaceAll('\n\nT', '\n\n\nT'),
    ],
    ['the caption on one line', dump.replace(captionLines.join('\n'), caption)],
    [
      'a line break before a name in the caption',
      dump.replace('ông Triệu Văn Lâm\nở thôn', 'ông\nTriệu Văn Lâm ở thôn'),
    ],
    ['no blank line beside the caption', dump.replace(`\n\n\n${captionLines[0]}`, `\n${captionLines[0]}`)],
    [
      'a list of other articles below',
      `${dump}\n\nCác tin khác\nXã Kim Lư đón bằng khen (07/09/2020)\nHội nghị giao ban tháng 8\nQuay lại`,
    ],
    [
      'a block of other articles below',
      `${dump}\nPublishingPortal - Block_TinLienQuan\nXã Kim Lư đón bằng khen\nHội nghị giao ban`,
    ],
    [
      'lines that are wrapped at 72 characters',
      lines(
        [
          ...head.slice(0, -1),
          ...wrapped(title, 72),
          ...wrapped(summary, 72),
          '',
          viewData,
          '',
          '',
          ...captionLines,
          '',
        ],
        body.flatMap((text) => [...wrapped(text, 72), '']),
        wrapped(author, 72),
      ),
    ],
    [
      'lines that are wrapped at 100 characters',
      lines(
        [...head, ...wrapped(summary, 100), '', viewData, '', '', ...captionLines, ''],
        body.flatMap((text) => [...wrapped(text, 100), '']),
        wrapped(author, 100),
      ),
    ],
    ['decomposed letters (NFD)', dump.normalize('NFD')],
  ])('readPageDump finds the same parts in a dump with %s', (_form, text) => {
    const { content, ...parts } = readPageDump(text)
    const same = (received: string | null): string | null => received?.normalize('NFC') ?? null
    expect({
      title: same(parts.title),
      summary: same(parts.summary),
      author: same(parts.author),
      date: parts.date,
      content: content.map(({ kind, text: received }) => ({ kind, text: same(received) })),
    }).toEqual(expected)
  })
})

describe('readPageDump, date', () => {
  it.each([
    'Thứ Ba, 08/09/2020, 14:30 (GMT+7)',
    'Thứ ba, ngày 8/9/2020 | 14h30',
    'Ngày đăng: 08/09/2020',
    'ngày 8 tháng 9 năm 2020',
    'Bắc Kạn, ngày 8 tháng 9 năm 2020',
    '8.9.2020',
  ])('readPageDump finds the date on the line "%s"', (date) => {
    expect(readPageDump(dump.replace('08/09/2020', date))).toEqual({ ...expected, date })
  })

  it('readPageDump finds a date and an author on the same line', () => {
    const text = dump.replace('08/09/2020', '08/09/2020 | Tác giả: Hà Thu').replace(author, '')
    expect(readPageDump(text)).toEqual({ ...expected, author: 'Hà Thu' })
  })

  it('readPageDump returns no date if the only date is inside a sentence', () => {
    expect(readPageDump(dump.replace('08/09/2020\n', ''))).toEqual({ ...expected, date: null })
    expect(readPageDump(`${title}\n\nNgày 08/09/2020, huyện tổ chức hội nghị.`).date).toBeNull()
  })

  it('readPageDump does not take the date from a line between paragraphs of the body', () => {
    const text = lines(title, '', body[0] ?? '', '', 'Đoạn hai.', '', 'Đoạn ba.', '', '08/09/2020', '', body[1] ?? '')
    expect(readPageDump(text).date).toBeNull()
    expect(paragraphs(readPageDump(text))).toContain('08/09/2020')
  })
})

describe('readPageDump, title', () => {
  const first = 'Sáng nay, huyện Na Rì phát động trồng rừng. '
  it('readPageDump joins a title that has two lines', () => {
    expect(readPageDump(dump.replace('rừng, góp', 'rừng,\ngóp'))).toEqual(expected)
    expect(
      readPageDump(lines('HUYỆN NA RÌ ĐẨY MẠNH TRỒNG RỪNG', 'GÓP PHẦN GIẢM NGHÈO BỀN VỮNG', '', body)),
    ).toMatchObject({
      title: 'HUYỆN NA RÌ ĐẨY MẠNH TRỒNG RỪNG GÓP PHẦN GIẢM NGHÈO BỀN VỮNG',
      summary: null,
    })
  })

  it('readPageDump takes the first sentence as the title if the dump has no title line, and keeps that sentence in the text', () => {
    const parts = readPageDump(lines('08/09/2020', '', first + body[0], '', body[1] ?? ''))
    expect(parts).toMatchObject({ title: first.trim(), date: '08/09/2020', summary: null })
    expect(paragraphs(parts)).toEqual([first + body[0], body[1]])
  })

  it('readPageDump cuts a title from a long first sentence between two words', () => {
    const { title: cut } = readPageDump(lines(body[0] ?? '', '', body[1] ?? ''))
    expect(cut).toBe(
      'Những ngày đầu năm 2020, trên khắp các sườn đồi của huyện Na Rì, bà con đang tập trung phát dọn thực bì, cuốc hố, chuẩn bị cho vụ trồng rừng mới.',
    )
    const long = `${'rất dài '.repeat(40)}và hết.`
    expect(readPageDump(lines(long, '', body[1] ?? '')).title).toMatch(/^rất dài .{100,150} (?:rất|dài)…$/)
  })

  it('if the block has no title, readPageDump takes the title from the summary, and keeps the whole summary', () => {
    const parts = readPageDump(dump.replace(`${title}\n`, '').replace(summary, `${summary} ${summary}`))
    expect(parts.title).toBe(summary)
    expect(parts.summary).toBe(`${summary} ${summary}`)
    expect(paragraphs(parts)).toEqual(body)
  })

  it.each([
    ['Một dòng duy nhất', 'Một dòng duy nhất', []],
    ['08/09/2020', '08/09/2020', []],
    ['Tăng cỡ chữ Giảm cỡ chữ', 'Tăng cỡ chữ Giảm cỡ chữ', []],
  ])('readPageDump takes the only line of a dump as the title: "%s"', (text, onlyTitle, content) => {
    expect(readPageDump(text)).toMatchObject({ title: onlyTitle, content })
  })

  it('readPageDump takes the first sentence of a very long line as the title and the whole line as the body', () => {
    const text = (first + body[0]).repeat(3000)
    const parts = readPageDump(text)
    expect(parts.title).toBe(first.trim())
    expect(paragraphs(parts)).toEqual([text])
  })
})

describe('readPageDump, summary', () => {
  it.each<[string, string]>([
    ['with block titles', dump.replace(`${summary}\n`, '')],
    ['without block titles', lines('08/09/2020', title, '', captionLines, '', separated(body), author)],
    ['without caption', lines('08/09/2020', title, '', separated(body), author)],
    ['without blank lines', lines('08/09/2020', title, body, author)],
  ])('readPageDump returns no summary for a dump without a summary: %s', (_form, text) => {
    const parts = readPageDump(text)
    expect(parts.summary).toBeNull()
    expect(paragraphs(parts)).toEqual(body)
  })

  it.each<[string, string]>([
    ['right below the title, with a blank line after it', lines(title, summary, '', separated(body), author)],
    ['with a label', lines(title, '', `Tóm tắt: ${summary}`, '', separated(body), author)],
    ['in a dump without blank lines', lines('08/09/2020', title, summary, captionLines, body, author)],
  ])('readPageDump finds a summary in a dump without block titles: %s', (_form, text) => {
    expect(readPageDump(text).summary).toBe(summary)
    expect(paragraphs(readPageDump(text))).toEqual(body)
  })
})

describe('readPageDump, captions', () => {
  it('readPageDump returns no captions for a page without captions', () => {
    const parts = readPageDump(dump.replace(captionLines.join('\n'), ''))
    expect(parts.content).toEqual(expected.content.slice(1))
    expect(parts.summary).toBe(summary)
  })

  it('readPageDump finds two captions above the body', () => {
    const parts = readPageDump(dump.replace(captionLines[1] ?? '', `${captionLines[1]}\n\n\n${secondCaption}`))
    expect(captions(parts)).toEqual([caption, secondCaption])
    expect(paragraphs(parts)).toEqual(body)
  })

  it('readPageDump finds two captions above the body without a blank line between them', () => {
    const parts = readPageDump(
      dump.replace(captionLines[1] ?? '', `${captionLines[1]}\nVườn ươm cây giống của hợp tác xã\nở xã Sơn Thành.`),
    )
    expect(captions(parts)).toEqual([caption, secondCaption])
  })

  it('readPageDump finds one caption above the body and one within the body', () => {
    const within = ['Vườn ươm cây giống của hợp tác xã', 'ở xã Sơn Thành.']
    const parts = readPageDump(dump.replace(body[1] ?? '', `\n${within.join('\n')}\n\n${body[1]}`))
    expect(parts.content.map(({ kind }) => kind)).toEqual(['caption', 'paragraph', 'caption', 'paragraph', 'paragraph'])
    expect(captions(parts)).toEqual([caption, secondCaption])
  })

  it.each([
    'Quang cảnh hội nghị',
    'Đồng chí Chủ tịch UBND huyện phát biểu tại hội nghị.',
    'Lãnh đạo huyện trao quà cho các hộ nghèo.',
    'Cây giống ở xã Sơn Thành. Ảnh: Hà Thu',
    'Cây giống ở xã Sơn Thành (Ảnh minh họa)',
    'Ảnh: Hà Thu',
  ])('readPageDump takes "%s" within the body as a caption', (line) => {
    expect(captions(readPageDump(dump.replace(body[1] ?? '', `${line}\n\n${body[1]}`)))).toEqual([caption, line])
  })

  it.each([
    'Kết quả bước đầu của phong trào',
    '1. Về công tác trồng rừng của huyện',
    'Ngày 08/9, huyện đã tổ chức lễ phát động.',
    'Cụ thể như sau:',
    'Bà con rất phấn khởi.',
  ])('readPageDump does not take "%s" within the body as a caption', (line) => {
    expect(captions(readPageDump(dump.replace(body[1] ?? '', `${line}\n\n${body[1]}`)))).toEqual([caption])
  })

  it('readPageDump takes no paragraph as a caption if all paragraphs are short', () => {
    const text = lines(
      head,
      summary,
      '',
      viewData,
      '',
      separated(['Đoạn thứ nhất của bài.', 'Đoạn thứ hai của bài.', 'Đoạn thứ ba./.']),
    )
    expect(captions(readPageDump(text))).toEqual([])
    expect(paragraphs(readPageDump(text))).toHaveLength(3)
  })
})

describe('readPageDump, author', () => {
  const signed = (signature: string, end = './.'): DumpParts =>
    readPageDump(dump.replace('./.', end).replace(author, signature))

  it.each([
    ['Hà', 'Hà'],
    ['Hà Thu.', 'Hà Thu'],
    ['P.V', 'P.V'],
    ['Tác giả: Nguyễn Văn A', 'Nguyễn Văn A'],
    ['Tin, ảnh: Hà Thu', 'Hà Thu'],
    ['Bài và ảnh: Hà Thu - Văn Nam', 'Hà Thu - Văn Nam'],
    ['Hà Thu (tổng hợp)', 'Hà Thu'],
    ['Hà Thu và Văn Nam', 'Hà Thu và Văn Nam'],
    ['(Theo TTXVN)', 'Theo TTXVN'],
    ['Nguồn: Báo Bắc Kạn', 'Nguồn: Báo Bắc Kạn'],
    ['Hà Thu\n\nNguồn: Báo Bắc Kạn', 'Hà Thu (nguồn: Báo Bắc Kạn)'],
    ['Hà Thu\n(Theo TTXVN)', 'Hà Thu (theo TTXVN)'],
    ['Hoàng Thu Trang\nPhó Chủ tịch UBND huyện', 'Hoàng Thu Trang - Phó Chủ tịch UBND huyện'],
    [
      'Hoàng Thu Trang - Phó Chủ tịch UBND huyện,\nTrưởng Ban Chỉ đạo',
      'Hoàng Thu Trang - Phó Chủ tịch UBND huyện, Trưởng Ban Chỉ đạo',
    ],
    ['Văn phòng UBND huyện', 'Văn phòng UBND huyện'],
  ])('readPageDump reads the signature %j as the author %j, with and without an end mark', (signature, name) => {
    expect(signed(signature)).toEqual({ ...expected, author: name })
    const [, second, last] = body
    const unmarked = signed(signature, '.')
    expect(unmarked.author).toBe(name)
    expect(paragraphs(unmarked).slice(1)).toEqual([second, last?.replace('./.', '.')])
  })

  it('readPageDump finds the author on the same line as the end mark', () => {
    expect(readPageDump(dump.replace('./.\n\n', './. '))).toEqual(expected)
  })

  it('readPageDump finds the author below the title', () => {
    const text = dump.replace(author, '').replace(title, `${title}\nTác giả: Hà Thu`)
    expect(readPageDump(text)).toEqual({ ...expected, author: 'Hà Thu' })
  })

  it('readPageDump returns no author for a dump without an author', () => {
    expect(signed('')).toEqual({ ...expected, author: null })
    expect(signed('', '.').author).toBeNull()
    expect(paragraphs(signed('', '.'))).toHaveLength(3)
  })

  it.each([
    'Cánh rừng này thuộc xã Kim Lư.',
    'Trang bị thêm máy móc, mở rộng đường lâm sinh và nâng cao tay nghề cho người dân.',
    'Thế là hết!',
  ])('readPageDump keeps "%s" after the end mark as a paragraph and does not take it as the author', (line) => {
    expect(signed(line).author).toBeNull()
    expect(paragraphs(signed(line)).at(-1)).toBe(line)
  })

  it('if an end mark stands in the middle of the body, readPageDump does not read the text after it as the author', () => {
    const text = lines(title, '', body[2] ?? '', '', 'II. Phương hướng', '', body[0] ?? '', '', 'Hà')
    expect(readPageDump(text)).toMatchObject({ author: 'Hà', content: [{}, { text: 'II. Phương hướng' }, {}] })
  })
})

it('readPageDump keeps each list item as a paragraph', () => {
  const list = ['- Trồng rừng mới;', '- Chăm sóc rừng;', 'a) rừng sản xuất;', 'đ) rừng phòng hộ.']
  const parts = readPageDump(dump.replace(body[1] ?? '', `Nhiệm vụ cụ thể như sau:\n${list.join('\n')}`))
  expect(paragraphs(parts).slice(1, 6)).toEqual(['Nhiệm vụ cụ thể như sau:', ...list])
})

it('readPageDump keeps the text after "Xem thêm" within the body', () => {
  const parts = readPageDump(dump.replace(body[1] ?? '', `Xem thêm:\n\n${body[1]}`))
  expect(paragraphs(parts)).toEqual(body)
})

it('readPageDump finds the parts of the sample bulletin', ({ skip }) => {
  const file = shared('seed/bulletin-2020-09-08.txt')
  if (!existsSync(file)) skip(sharedIsAbsent)
  const parts = readPageDump(readFileSync(file, 'utf8'))
  expect(parts).toMatchObject({
    title: 'Đẩy mạnh phong trào thi đua yêu nước, góp phần xây dựng quê hương Bắc Kạn ngày một phát triển',
    author: 'Lý Thái Hải - Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Chủ tịch Hội đồng Thi đua - Khen thưởng tỉnh',
    date: '08/09/2020',
  })
  expect(parts.summary).toMatch(/^72 năm qua, .* của địa phương\.$/)
  expect(captions(parts)).toEqual([
    'Ðẩy mạnh phát triển sản phẩm đạt tiêu chuẩn OCOP là điểm sáng trong lĩnh vực sản xuất nông - lâm nghiệp của tỉnh.',
  ])
  expect(parts.content[0]?.kind).toBe('caption')
  expect(paragraphs(parts)).toHaveLength(7)
  expect(paragraphs(parts).at(-1)).toMatch(/của địa phương\.\/\.$/)
})
