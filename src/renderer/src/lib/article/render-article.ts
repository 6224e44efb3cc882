import type { Bulletin } from '../../../../shared/bulletin'
import { listDocumentNumbers } from '../../../../shared/text/document-numbers'
import { formatFileSize } from '../format'
import { addTermHints } from './add-term-hints'
import { renderBody } from './article-body'
import type { ArticleAction, ArticleContext } from './article-context'
import { createElementMaker, type MakeElement } from './element-maker'
import { renderSourceBox } from './source-box'

/**
 * Renders a bulletin as nodes of the frame's document. Only the bulletin's body is HTML. All other fields become text.
 */
export function renderArticle(frame: Document, bulletin: Bulletin, context: ArticleContext): HTMLElement {
  const make = createElementMaker(frame)
  const { source, title, summary, author } = bulletin
  const article = make('article', 'bulletin')
  article.lang = 'vi'
  const lost = bulletin.decoding?.lost ?? 0
  if (lost > 0) article.append(renderNotice(make, context.say('ui.letters-lost', { count: lost })))
  article.append(make('p', 'kicker', source.name ?? source.host ?? context.say('ui.from-file')))
  article.append(make('h1', 'title', title))
  if (summary !== null) article.append(make('p', 'summary', summary))
  article.append(renderBody(frame, bulletin, context))
  if (author !== null) article.append(renderAuthor(make, author))
  const text = [title, summary, bulletin.bodyText, author].filter((part) => part !== null).join('\n')
  addTermHints(article, text, context)
  const documents = listDocumentNumbers(text)
  if (documents.length > 0) article.append(renderDocuments(make, documents, context))
  if (bulletin.attachments.length > 0) article.append(renderAttachments(make, bulletin, context))
  if (bulletin.missing.length > 0) article.append(renderMissing(make, bulletin, context))
  article.append(renderSourceBox(make, bulletin, context))
  return article
}

function renderNotice(make: MakeElement, text: string): HTMLElement {
  const notice = make('p', 'notice', text)
  notice.setAttribute('role', 'note')
  return notice
}

function renderAuthor(make: MakeElement, author: string): HTMLElement {
  const { name, offices } = splitOffices(author)
  const paragraph = make('p', 'author', make('b', '', name))
  if (offices.length > 0)
    paragraph.append(
      make('i', '', ...offices.flatMap((office, at) => [...(at > 0 ? [' '] : []), make('span', '', office)])),
    )
  return paragraph
}

/**
 * Prevents a line break inside each name and each office of the author. The author "Lý Thái Hải - Phó Bí thư, Chủ tịch"
 * has one name and two offices.
 */
function splitOffices(author: string): { name: string; offices: string[] } {
  const [, name = author, rest = ''] = /^(.+?)\s+[-–—]\s+(.+)$/su.exec(author) ?? []
  const offices = rest.split(/,\s+/u).filter((office) => office !== '')
  return { name, offices: offices.map((office, at) => (at < offices.length - 1 ? `${office},` : office)) }
}

/**
 * Renders the list of the official documents whose numbers are in the text. Each entry has a button that searches for
 * the document's number.
 */
function renderDocuments(
  make: MakeElement,
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

function renderAttachments(
  make: MakeElement,
  { id, attachments }: Bulletin,
  { say, language }: ArticleContext,
): HTMLElement {
  const rows = attachments.map(({ file, name, bytes }) => {
    const link = make('a', '', name)
    link.href = `/media/${id}/${file}`
    const kind = file.split('.').at(-1)?.toUpperCase() ?? ''
    return make('li', '', link, make('span', '', `${kind}, ${formatFileSize(bytes, language)}`))
  })
  return make('section', 'part attachments', make('h2', '', say('ui.attachments')), make('ul', '', ...rows))
}

/**
 * Renders the list of files that could not be downloaded, with a button that starts another attempt. The list has a row
 * for each attached file, and the number of pictures.
 */
function renderMissing(make: MakeElement, { missing }: Bulletin, { say, canChange }: ArticleContext): HTMLElement {
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
