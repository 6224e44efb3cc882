import type { Bulletin, Repair, RevisionSummary } from '../../../../shared/bulletin'
import { encodings } from '../../../../shared/text/encodings'
import type { SentenceKey } from '../../../../shared/locales/translate'
import { timeAndAgo, vietnamDay } from '../format'
import type { ArticleAction, ArticleContext } from './article-context'
import type { MakeElement } from './element-maker'

/** The facts of an official document that are known, in the order of the document. */
function officialFacts({ official }: Bulletin): [key: SentenceKey, fact: string][] {
  if (official === undefined) return []
  const { kind, number, issuer, place, date, signer, office, onBehalfOf } = official
  const day = date === null ? null : date.split('-').reverse().join('/')
  const join = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(', ')
  const facts: [key: SentenceKey, fact: string][] = [
    ['ui.official-kind', kind ?? ''],
    ['ui.official-number', number ?? ''],
    ['ui.official-issuer', issuer ?? ''],
    ['ui.official-date', join([place, day])],
    ['ui.official-signer', join([signer, office, onBehalfOf])],
  ]
  return facts.filter(([, fact]) => fact !== '')
}

/**
 * The box below the article. It shows the facts of an official document, the bulletin's address, the time when the bulletin was stored, the repairs of its
 * text, and actions.
 */
export function renderSourceBox(make: MakeElement, bulletin: Bulletin, context: ArticleContext): HTMLElement {
  const { url, captures } = bulletin
  const { say, language, revisions, canShowCapture } = context
  const [first, last] = [captures[0], captures.at(-1)]
  const rows = make('dl', '')
  const row = (key: SentenceKey, ...content: (Node | string)[]): void =>
    rows.append(make('dt', '', say(key)), make('dd', '', ...content))
  const button = (action: ArticleAction, text: string): HTMLButtonElement => makeButton(make, action, text)

  for (const [key, fact] of officialFacts(bulletin)) row(key, fact)
  if (url !== null) row('ui.address', url, ...goneNotice(make, bulletin, context))
  const { otherUrls = [] } = bulletin
  if (otherUrls.length > 0) row('ui.other-addresses', otherUrls.join(' · '))
  if (first?.originalFileName != null) row('ui.original-file', first.originalFileName)
  row('ui.first-kept', timeAndAgo(first?.capturedAt ?? bulletin.revision.capturedAt, language))
  if (last !== undefined && last !== first) row('ui.last-kept', timeAndAgo(last.capturedAt, language))
  const changed = changeSentence(bulletin, revisions)
  if (changed !== null) row('ui.changes', say(changed), ' ', button('show-revisions', say('ui.see-changes')))
  if (bulletin.repairs.length > 0) row('ui.repaired', ...repairRows(make, bulletin.repairs, context))
  if (first !== undefined)
    row('ui.hash', `${(first.sha256.match(/.{4}/g) ?? []).slice(0, 3).join(' ')} … ${first.sha256.slice(-4)}`)

  const actions = make('p', 'actions')
  if (url !== null) actions.append(button('open-original', say('ui.open-original')))
  if (canShowCapture) actions.append(button('show-capture', say('ui.show-capture')))
  actions.append(button('copy-hash', say('ui.copy-hash')))
  if (revisions.length > 1)
    actions.append(button('show-revisions', say('ui.revisions-of', { count: revisions.length })))
  const section = make('section', 'part source-box', make('h2', '', say('ui.source-box')), rows, actions)
  section.setAttribute('aria-label', say('ui.source-box'))
  return section
}

function makeButton(make: MakeElement, action: ArticleAction, text: string): HTMLButtonElement {
  const button = make('button', '', text)
  button.type = 'button'
  button.dataset['action'] = action
  return button
}

function goneNotice(make: MakeElement, { goneSince }: Bulletin, { say }: ArticleContext): HTMLElement[] {
  return goneSince === null ? [] : [make('p', 'gone', say('ui.gone-since', { date: vietnamDay(goneSince) }))]
}

function repairRows(make: MakeElement, repairs: readonly Repair[], { say, canChange }: ArticleContext): HTMLElement[] {
  return repairs.map((repair, at) => {
    const toggle = makeButton(make, 'set-repair', say(repair.undone ? 'ui.redo-repair' : 'ui.undo-repair'))
    toggle.dataset['repair'] = String(at)
    return make('p', 'repair', repairSentence(repair, say), ...(canChange ? [' ', toggle] : []))
  })
}

/**
 * Returns the sentence about a text that changed at its source since the text was first stored. Returns null if the
 * text did not change at its source. A new revision of an extraction is no change at the source (see
 * docs/format/library-1.md).
 */
function changeSentence(
  { revision }: Pick<Bulletin, 'revision'>,
  revisions: readonly RevisionSummary[],
): 'ui.changed-since-first' | 'ui.changed-and-back' | null {
  if (!revisions.some(({ number, cause }) => cause === 'source-changed' && number <= revision.number)) return null
  return revisions[0]?.digest === revision.digest ? 'ui.changed-and-back' : 'ui.changed-since-first'
}

/** The kinds of repairs that have their own sentence. */
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
