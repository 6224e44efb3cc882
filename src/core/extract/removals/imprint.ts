import type { Block } from '../html/blocks'
import { isElement } from '../html/elements'
import { readText } from '../html/element-text'
import { type RemovalLog, removalSteps } from './removal-log'

/**
 * Patterns of text that is typical of an imprint and rare in articles. In this order, they match the responsible
 * person, the licence, the naming of the source, the rights, the maker of the site, and the number of visits.
 * Vietnamese law requires most of this information.
 */
const strongSigns: readonly RegExp[] = [
  /chịu trách nhiệm\s*(?:chính|nội dung|xuất bản|quản lý|:)|cơ quan (?:chủ quản|quản lý)\s*:|đơn vị (?:chủ quản|quản lý)\s*:|trưởng ban biên tập\s*:|tổng biên tập\s*:/iu,
  /giấy phép\s*(?:số|thiết lập|xuất bản|hoạt động|:)|số giấy phép/iu,
  /ghi rõ nguồn|(?:phải|khi) (?:được )?(?:ghi|trích dẫn) (?:rõ )?nguồn|phát hành lại thông tin|trích dẫn nguồn/iu,
  /bản quyền|©|copyright|all rights reserved/iu,
  /thiết kế (?:bởi|và|web)|phát triển bởi|xây dựng bởi|designed by|powered by/iu,
  /(?:tổng (?:số )?(?:lượt )?truy cập|số (?:lượt|người) truy cập|đang (?:truy cập|trực tuyến|online))/iu,
]
/** Patterns of text that is typical of an imprint but also occurs at the end of some notices. */
const weakSigns: readonly RegExp[] = [
  /(?:địa chỉ|trụ sở(?: chính)?|tòa soạn|toà soạn)\s*:/iu,
  /(?:điện thoại|đt|tel|hotline|đường dây nóng|fax)\.?\s*:/iu,
  /(?:e-?mail|hộp thư|thư điện tử|website)\s*:/iu,
]
/** Maximum number of characters in a line of an imprint. */
const maxLineLength = 600
/** Maximum number of lines in an imprint. */
const maxLines = 25
/** Maximum number of blocks at the end of a page that are searched for an imprint. */
const maxBlocks = 40
/**
 * Maximum number of lines between two lines of the imprint that match no pattern. Such a line is a name, a link or the
 * text of a logo.
 */
const maxLinesBetween = 2
/** Maximum number of characters in a box that contains only the imprint. */
const maxBoxLength = 2500

/**
 * Removes the imprint from the end of a page. The imprint contains the publisher, the address and the licence. Its
 * elements look like paragraphs of an article, and it is longer than some notices, so later steps could take the
 * imprint for the article. Lines at the end of the page are removed only if they match two patterns, one of them in
 * `strongSigns`. A line that matches only `weakSigns` must be in the same box as the imprint, because articles also end
 * with such lines. Returns the remaining blocks.
 */
export function removeImprint(blocks: readonly Block[], removals: RemovalLog): Block[] {
  // `maxBlocks` is larger than `maxLines`, because the first line is never removed.
  const lines = blocks
    .slice(-maxBlocks)
    .map(readLine)
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  const start = findImprintStart(lines)
  if (start === null) return [...blocks]
  const imprintBlocks = new Set(lines.slice(start).map(({ block }) => block))
  for (const block of imprintBlocks) removeBlock(block, removals)
  return blocks.filter((block) => !imprintBlocks.has(block))
}

interface Line {
  block: Block
  text: string
  element: Element | null
}

/**
 * Returns the index of the imprint's first line, or null if the page has no imprint. The page's first line always
 * stays.
 */
function findImprintStart(lines: readonly Line[]): number | null {
  const kinds = new Set<RegExp>()
  let [start, strongAt, linesWithoutSign] = [lines.length, lines.length, 0]
  for (
    let at = lines.length - 1;
    at > 0 && lines.length - at <= maxLines && linesWithoutSign <= maxLinesBetween;
    at--
  ) {
    const text = lines[at]?.text ?? ''
    if (text.length > maxLineLength) break
    const strong = strongSigns.filter((sign) => sign.test(text))
    const weak = weakSigns.filter((sign) => sign.test(text))
    const isIn = strong.length > 0 || (weak.length > 0 && isInSameBox(lines[at], lines[strongAt]))
    linesWithoutSign = isIn ? 0 : linesWithoutSign + (weak.length > 0 ? 0 : 1)
    if (!isIn) continue
    for (const sign of [...strong, ...weak]) kinds.add(sign)
    start = at
    if (strong.length > 0) strongAt = at
  }
  if (kinds.size < 2 || strongAt === lines.length) return null
  // The name of the publisher may be above its address.
  return start > 1 && isPublisher(lines[start - 1]?.text ?? '') && isInSameBox(lines[start - 1], lines[start])
    ? start - 1
    : start
}

/** Whether two lines are in one small box without a heading. */
function isInSameBox(line: Line | undefined, other: Line | undefined): boolean {
  for (let box = line?.element ?? null; box !== null && box.localName !== 'body'; box = box.parentElement)
    if (other?.element !== undefined && box.contains(other.element))
      return (box.textContent ?? '').length <= maxBoxLength && box.querySelector('h1, h2') === null
  return false
}

const publisher =
  /^(?:(?:cổng|trang)\s+(?:thông tin|tt|tin|web)|ủy ban nhân dân|uỷ ban nhân dân|ubnd|báo|tạp chí|sở|website)(?!\p{L})/iu

function isPublisher(line: string): boolean {
  return line.length <= 120 && publisher.test(line) && !/[.!?]$/u.test(line)
}

function readLine(block: Block): Line {
  const nodes = block.kind === 'whole' ? [block.element] : block.nodes
  const [first] = nodes
  return {
    block,
    text: readText(nodes).normalize('NFC'),
    element: isElement(first) ? first : (first?.parentElement ?? null),
  }
}

function removeBlock(block: Block, removals: RemovalLog): void {
  if (block.kind === 'whole') {
    removals.remove(block.element, removalSteps.boilerplate, 'beside')
    return
  }
  removals.note(readText(block.nodes), removalSteps.boilerplate, 'beside')
  for (const node of block.nodes) node.parentNode?.removeChild(node)
}
