import createPurifier from 'dompurify'
import type { Bulletin, Repair } from '../../../shared/bulletin'
import type { SentenceKey, SentenceValues } from '../../../shared/translate'
import { fileSize, vietnamDate, vietnamTime } from './dates'

/** What the article needs of the interface around it. */
export interface ArticleWords {
  /** Whether the library can be changed: what changes it is not offered else. */
  canChange: boolean
  say(key: SentenceKey, values?: SentenceValues): string
  language: string
}

/** Actions of the buttons in the source box; the frame runs no scripts, the parent listens. */
export type ArticleAction = 'open-original' | 'copy-hash' | 'show-capture' | 'set-repair'

const purifier = createPurifier(window)
const allowedTags =
  'p br hr h2 h3 h4 div blockquote pre ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption img a span strong b em i u s sub sup small mark del ins abbr cite q code'.split(
    ' ',
  )
const allowedAttributes = [
  'href',
  'src',
  'alt',
  'class',
  'colspan',
  'rowspan',
  'scope',
  'start',
  'reversed',
  'title',
  'span',
]

/** The article as nodes of the frame's document. Texts are set as text; the body passes DOMPurify (layer 2). */
export function renderArticle(frame: Document, bulletin: Bulletin, words: ArticleWords): HTMLElement {
  const make = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    className: string,
    ...content: (Node | string)[]
  ): HTMLElementTagNameMap[K] => {
    const element = frame.createElement(tag)
    if (className !== '') element.className = className
    element.append(...content)
    return element
  }
  const article = make('article', 'bulletin')
  article.lang = 'vi'
  const { source, title, summary, author } = bulletin
  article.append(make('p', 'kicker', source.name ?? source.host ?? words.say('ui.from-file')))
  article.append(make('h1', 'title', title))
  if (summary !== null) article.append(make('p', 'summary', summary))
  article.append(bodyOf(frame, bulletin, words))
  if (author !== null) article.append(authorOf(make, author))
  if (bulletin.attachments.length > 0) article.append(attachmentsOf(make, bulletin, words))
  article.append(sourceBox(make, bulletin, words))
  return article
}

function bodyOf(frame: Document, { id, bodyHtml }: Bulletin, { say }: ArticleWords): HTMLElement {
  // Its types promise a fragment; of a text that parses to nothing it makes null.
  const fragment: DocumentFragment | null = purifier.sanitize(bodyHtml, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
  const body = frame.createElement('div')
  body.className = 'body'
  // Before the frame's document takes them: a picture there is asked for at once, and a late removal comes too late.
  for (const image of fragment?.querySelectorAll('img') ?? []) {
    const stored = /^files\/([0-9a-f]{32}\.[a-z0-9]{1,8})$/.exec(image.getAttribute('src') ?? '')?.[1]
    if (stored === undefined) image.remove()
    else {
      image.setAttribute('src', `/media/${id}/${stored}`)
      // Holds a place for it; whoever shows the article takes it off when the picture has come.
      image.classList.add('waiting')
    }
  }
  if (fragment !== null) body.append(frame.adoptNode(fragment))
  for (const table of body.querySelectorAll('table')) {
    if (table.parentElement?.closest('table') !== null) continue
    const box = frame.createElement('div')
    box.className = 'table-box'
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', say('ui.table'))
    table.replaceWith(box)
    box.append(table)
  }
  return body
}

type Make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: (Node | string)[]
) => HTMLElementTagNameMap[K]

/** "Lý Thái Hải - Phó Bí thư, Chủ tịch": the name, then each office unbroken on its line or the next. */
export function splitOffices(author: string): { name: string; offices: string[] } {
  const [, name = author, rest = ''] = /^(.+?)\s+[-–—]\s+(.+)$/su.exec(author) ?? []
  const offices = rest.split(/,\s+/u).filter((office) => office !== '')
  return { name, offices: offices.map((office, at) => (at < offices.length - 1 ? `${office},` : office)) }
}

function authorOf(make: Make, author: string): HTMLElement {
  const { name, offices } = splitOffices(author)
  const paragraph = make('p', 'author', make('b', '', name))
  if (offices.length > 0)
    paragraph.append(
      make('i', '', ...offices.flatMap((office, at) => [...(at > 0 ? [' '] : []), make('span', '', office)])),
    )
  return paragraph
}

function attachmentsOf(make: Make, { id, attachments }: Bulletin, { say, language }: ArticleWords): HTMLElement {
  const rows = attachments.map(({ file, name, bytes }) => {
    const link = make('a', '', name)
    link.href = `/media/${id}/${file}`
    const kind = file.split('.').at(-1)?.toUpperCase() ?? ''
    return make('li', '', link, make('span', '', `${kind}, ${fileSize(bytes, language)}`))
  })
  return make('section', 'part attachments', make('h2', '', say('ui.attachments')), make('ul', '', ...rows))
}

function sourceBox(make: Make, bulletin: Bulletin, { say, canChange }: ArticleWords): HTMLElement {
  const { url, captures, repairs } = bulletin
  const [first, last] = [captures[0], captures.at(-1)]
  const rows = make('dl', '')
  const row = (key: SentenceKey, ...content: (Node | string)[]): void =>
    rows.append(make('dt', '', say(key)), make('dd', '', ...content))
  const button = (action: ArticleAction, text: string): HTMLButtonElement => {
    const element = make('button', '', text)
    element.type = 'button'
    element.dataset['action'] = action
    return element
  }
  if (url !== null) row('ui.address', url)
  if (first?.originalFileName != null) row('ui.original-file', first.originalFileName)
  row('ui.first-kept', vietnamTime(first?.capturedAt ?? bulletin.revision.capturedAt))
  if (last !== undefined && last !== first) row('ui.last-kept', vietnamTime(last.capturedAt))
  const repairRows = repairs.map((repair, at) => {
    const toggle = button('set-repair', say(repair.undone ? 'ui.redo-repair' : 'ui.undo-repair'))
    toggle.dataset['repair'] = String(at)
    return make('p', 'repair', repairSentence(repair, say), ...(canChange ? [' ', toggle] : []))
  })
  if (repairRows.length > 0) row('ui.repaired', ...repairRows)
  if (first !== undefined)
    row('ui.hash', `${(first.sha256.match(/.{4}/g) ?? []).slice(0, 3).join(' ')} … ${first.sha256.slice(-4)}`)
  const actions = make('p', 'actions')
  if (url !== null) actions.append(button('open-original', say('ui.open-original')))
  actions.append(button('show-capture', say('ui.show-capture')), button('copy-hash', say('ui.copy-hash')))
  const section = make('section', 'part source-box', make('h2', '', say('ui.source-box')), rows, actions)
  section.setAttribute('aria-label', say('ui.source-box'))
  return section
}

function repairSentence({ kind, field, count, undone }: Repair, say: ArticleWords['say']): string {
  const where = say(`ui.field-${field}`)
  if (undone) return say('ui.repair-undone', { count, where })
  if (kind === 'eth') return say('ui.repair-eth', { count, where })
  if (kind === 'nfc') return say('ui.repair-nfc', { count, where })
  if (kind === 'zero-width') return say('ui.repair-zero-width', { count, where })
  return say('ui.repair-other', { count, where })
}

/** dd/mm/yyyy for the toolbar; null where unknown. */
export function toolbarDate({ publishedAt }: Pick<Bulletin, 'publishedAt'>): string | null {
  return publishedAt === null ? null : vietnamDate(publishedAt)
}
