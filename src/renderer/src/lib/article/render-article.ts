import createPurifier from 'dompurify'
import type { Bulletin, Repair, RevisionSummary } from '../../../../shared/bulletin'
import { listDocumentNumbers } from '../../../../shared/text/document-numbers'
import { encodings } from '../../../../shared/text/encodings'
import type { SentenceKey } from '../../../../shared/locales/translate'
import type { ArticleAction, ArticleContext } from './article-context'
import { addTermHints } from './add-term-hints'
import { formatFileSize, timeAndAgo, vietnamDate, vietnamDay } from '../format'

/** Letters of a table's cell that may stand in a column as narrow as its longest word. */
const maxNarrowChars = 16

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
export function renderArticle(frame: Document, bulletin: Bulletin, words: ArticleContext): HTMLElement {
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
  const lost = bulletin.decoding?.lost ?? 0
  if (lost > 0) article.append(noticeOf(make, words.say('ui.letters-lost', { count: lost })))
  article.append(make('p', 'kicker', source.name ?? source.host ?? words.say('ui.from-file')))
  article.append(make('h1', 'title', title))
  if (summary !== null) article.append(make('p', 'summary', summary))
  article.append(bodyOf(frame, bulletin, words))
  if (author !== null) article.append(authorOf(make, author))
  const text = [title, summary, bulletin.bodyText, author].filter((part) => part !== null).join('\n')
  addTermHints(article, text, words)
  const documents = listDocumentNumbers(text)
  if (documents.length > 0) article.append(documentsOf(make, documents, words))
  if (bulletin.attachments.length > 0) article.append(attachmentsOf(make, bulletin, words))
  if (bulletin.missing.length > 0) article.append(missingOf(make, bulletin, words))
  article.append(sourceBox(make, bulletin, words))
  return article
}

function bodyOf(frame: Document, { id, bodyHtml, pictures }: Bulletin, { say }: ArticleContext): HTMLElement {
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
      // Holds its own place for it, or one of a usual shape; whoever shows the article takes it off when the picture has come.
      const size = pictures.find(({ file }) => file === stored)
      image.classList.add('waiting')
      if (size === undefined) continue
      image.setAttribute('width', String(size.width))
      image.setAttribute('height', String(size.height))
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
  for (const cell of body.querySelectorAll('td, th')) {
    if ((cell.textContent ?? '').trim().length > maxNarrowChars) cell.classList.add('wordy')
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

function noticeOf(make: Make, text: string): HTMLElement {
  const notice = make('p', 'notice', text)
  notice.setAttribute('role', 'note')
  return notice
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

function documentsOf(
  make: Make,
  documents: ReturnType<typeof listDocumentNumbers>,
  { say }: ArticleContext,
): HTMLElement {
  const rows = documents.map(({ number, kind, issuer, count }) => {
    const button = make('button', '', number)
    button.type = 'button'
    button.dataset['action'] = 'find-number' satisfies ArticleAction
    button.dataset['number'] = number
    button.title = say('ui.find-number', { number })
    const facts = [kind, issuer, say('ui.times-named', { count })].filter((fact) => fact !== null)
    return make('li', '', button, make('span', '', facts.join(' · ')))
  })
  return make('section', 'part documents', make('h2', '', say('ui.documents-named')), make('ul', '', ...rows))
}

function attachmentsOf(make: Make, { id, attachments }: Bulletin, { say, language }: ArticleContext): HTMLElement {
  const rows = attachments.map(({ file, name, bytes }) => {
    const link = make('a', '', name)
    link.href = `/media/${id}/${file}`
    const kind = file.split('.').at(-1)?.toUpperCase() ?? ''
    return make('li', '', link, make('span', '', `${kind}, ${formatFileSize(bytes, language)}`))
  })
  return make('section', 'part attachments', make('h2', '', say('ui.attachments')), make('ul', '', ...rows))
}

/** What could not be had: attached files by name, pictures by number, and a way to ask again. */
function missingOf(make: Make, { missing }: Bulletin, { say, canChange }: ArticleContext): HTMLElement {
  const files = missing.filter(({ role }) => role === 'attachment')
  const rows = files.map(({ name, address }) => make('li', '', name === '' ? address : name))
  const retry = make('button', '', say('ui.fetch-missing'))
  retry.type = 'button'
  retry.dataset['action'] = 'fetch-missing' satisfies ArticleAction
  return make(
    'section',
    'part missing-files',
    make('h2', '', say('ui.missing-files')),
    make('p', '', say('ui.missing-count', { count: missing.length })),
    ...(rows.length === 0 ? [] : [make('ul', '', ...rows)]),
    ...(canChange ? [make('p', 'actions', retry)] : []),
  )
}

function sourceBox(
  make: Make,
  bulletin: Bulletin,
  { say, language, canChange, revisions }: ArticleContext,
): HTMLElement {
  const { url, captures, repairs, goneSince } = bulletin
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
  const gone = goneSince === null ? [] : [make('p', 'gone', say('ui.gone-since', { date: vietnamDay(goneSince) }))]
  if (url !== null) row('ui.address', url, ...gone)
  if (first?.originalFileName != null) row('ui.original-file', first.originalFileName)
  row('ui.first-kept', timeAndAgo(first?.capturedAt ?? bulletin.revision.capturedAt, language))
  if (last !== undefined && last !== first) row('ui.last-kept', timeAndAgo(last.capturedAt, language))
  const changed = changeSentence(bulletin, revisions)
  if (changed !== null) row('ui.changes', say(changed), ' ', button('show-revisions', say('ui.see-changes')))
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
  if (revisions.length > 1)
    actions.append(button('show-revisions', say('ui.revisions-of', { count: revisions.length })))
  const section = make('section', 'part source-box', make('h2', '', say('ui.source-box')), rows, actions)
  section.setAttribute('aria-label', say('ui.source-box'))
  return section
}

/**
 * What is to be said of a text that its source changed after it was first kept; null where it did not: an extraction of
 * ours that found another text changes nothing at the source (FORMAT).
 */
export function changeSentence(
  { revision }: Pick<Bulletin, 'revision'>,
  revisions: readonly RevisionSummary[],
): 'ui.changed-since-first' | 'ui.changed-and-back' | null {
  if (!revisions.some(({ number, cause }) => cause === 'source-changed' && number <= revision.number)) return null
  return revisions[0]?.digest === revision.digest ? 'ui.changed-and-back' : 'ui.changed-since-first'
}

/** Repairs that have a sentence of their own. */
const namedRepairs = ['eth', 'nfc', 'zero-width', 'double-utf-8', 'entity', 'look-alike'] as const

function repairSentence({ kind, field, count, undone }: Repair, say: ArticleContext['say']): string {
  const where = say(`ui.field-${field}`)
  if (undone) return say('ui.repair-undone', { count, where })
  const named = namedRepairs.find((each) => each === kind)
  if (named !== undefined) return say(`ui.repair-${named}`, { count, where })
  const encoding = encodings.find((each) => each === kind)
  if (encoding !== undefined)
    return say('ui.repair-encoding', { count, where, encoding: say(`ui.encoding-${encoding}`) })
  return say('ui.repair-other', { count, where })
}

/** dd/mm/yyyy for the toolbar; null where unknown. */
export function toolbarDate({ publishedAt }: Pick<Bulletin, 'publishedAt'>): string | null {
  return publishedAt === null ? null : vietnamDate(publishedAt)
}
