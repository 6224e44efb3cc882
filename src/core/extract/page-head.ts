import type { Published } from '../../shared/bulletin'
import type { BodyItem } from './body-item'
import { type DumpParts, readPageDump } from './dump/page-dump'
import { findDateInProperties, findDateInRawLines, findDateNearTitle } from './fields/date'
import { findTitleInDocumentTitle } from './fields/document-title'
import type { LabelledFields } from './fields/labelled-fields'
import type { PageMetadata } from './fields/metadata'
import { chooseOfficialTitle, type FoundDocument, readOfficialDocument } from './fields/official/official-document'
import { isBareKind } from './fields/official/kinds'
import { type CleanAuthor, cleanAuthor } from './fields/labels/clean-author'
import { joinAuthors } from './fields/signature'
import { choosePublished, parsePublished } from './fields/published'
import { findSummaryInDescription, findLead, findSummaryAboveBody } from './fields/summary'
import { findTitle, isPortalName, isSameText, removeSiteParts } from './fields/title'
import { canStartDump, findTitleAboveBody } from './fields/title-above-body'
import { formatAsDump, type PageLine } from './html/page-lines'
import type { PackParts } from './portals/apply-pack'

/** The lines of a page from top to bottom, and the items of its body. */
interface PageContent {
  lines: readonly PageLine[]
  items: readonly BodyItem[]
}

/**
 * The title of a page. `dump` holds the parts that were read from the page as a text dump. `dump` is null if the page
 * itself shows a title.
 */
export interface PageTitle {
  title: string
  dump: DumpParts | null
}

/** The places on a page that may hold its title. */
interface NamedTitleSources {
  headings: readonly string[]
  documentTitle: string
  lines: readonly PageLine[]
  metadata: Pick<PageMetadata, 'title' | 'siteName'>
}

/**
 * Finds the title that a page names. The title of the pack comes first, then a heading, the metadata and the title
 * element. If the found title is only the kind of an official document or the name of an office, returns the kind and
 * the subject instead. Returns null if the page names no title.
 */
export function chooseNamedTitle(
  packTitle: string | null,
  official: FoundDocument | null,
  { headings, documentTitle, lines, metadata }: NamedTitleSources,
): string | null {
  const texts = lines.map(({ text }) => text)
  const { title: declared, siteName } = metadata
  const shown = packTitle ?? findTitle({ headings, declared, documentTitle, lines: texts, siteName })
  const withSubject = official ?? (shown !== null && isBareKind(shown) ? readOfficialDocument(texts) : null)
  return chooseOfficialTitle(shown, withSubject) ?? shown
}

/**
 * Chooses the author. `signed` is the author in the signature at the end of the body, and `named` is the author in
 * another part of the page. A source beside the author ("(nguồn: …)") is returned in a separate field.
 */
export function choosePageAuthor(signed: string | null, named: string | null): CleanAuthor {
  const [signature, byline] = [cleanAuthor(signed), cleanAuthor(named)]
  return { author: joinAuthors(signature.author, byline.author), source: signature.source ?? byline.source }
}

/**
 * Chooses the title. `named` is the title from a pack, headings or metadata, or null if none of them contains a title.
 * If `named` is null, the title is the most prominent line above the body, else a heading. A page without such a line
 * and without a heading is read as a text dump. The title of that page is the part of its title element that matches
 * the body, else the title of the dump.
 */
export function choosePageTitle(
  named: string | null,
  { lines, items, headings, documentTitle }: PageContent & { headings: readonly string[]; documentTitle: string },
): PageTitle {
  const visibleTitle =
    named ?? findTitleAboveBody(lines, items) ?? headings.find((heading) => !isPortalName(heading)) ?? null
  const dump = visibleTitle === null ? readPageDump(formatAsDump(lines.filter(canStartDump))) : null
  const knownTitle = visibleTitle ?? findTitleInDocumentTitle(documentTitle, items)
  return {
    title: knownTitle ?? (dump === null || dump.title === '' ? removeSiteParts(documentTitle, null) : dump.title),
    dump,
  }
}

/**
 * Chooses the summary. Candidates are tried in this order: the summaries in `declared`, the text between title and
 * body, the lead, and the description in the metadata if that describes this article. `declared` contains the summary
 * of the pack and the summary of a labelled element. Returns null if the page has no summary.
 */
export function choosePageSummary(
  { title, dump }: PageTitle,
  {
    lines,
    items,
    declared,
    description,
  }: PageContent & { declared: readonly (string | null)[]; description: string | null },
): string | null {
  const isSummary = (text: string | null): text is string => text !== null && !isSameText(text, title)
  return (
    [...declared, dump === null ? findSummaryAboveBody(lines, title, items) : dump.summary].find(isSummary) ??
    [findLead(lines, title, items), findSummaryInDescription(description, title, items)].find(isSummary) ??
    null
  )
}

/** The places where the date of a page may be. */
interface DateSources {
  packParts: Pick<PackParts, 'date'>
  metadata: Pick<PageMetadata, 'published'>
  labelled: Pick<LabelledFields, 'date' | 'otherDates'>
  official: FoundDocument | null
  /** Raw lines of the page. Empty if the pack finds a date or the metadata contains a date with a time. */
  receivedLines: readonly string[]
  lines: readonly PageLine[]
  title: string
  /** The element with the body. */
  root: Element
}

/**
 * Chooses the date. The pack is tried first, then the metadata, the text near the title, a table of properties, and the
 * head of a document.
 */
export function choosePageDate({
  packParts,
  metadata,
  labelled,
  official,
  receivedLines,
  lines,
  title,
  root,
}: DateSources): Published {
  const { otherDates } = labelled
  return choosePublished([
    parsePublished(packParts.date, 'pack'),
    metadata.published,
    parsePublished(findDateInRawLines(leaveOut(receivedLines, otherDates, String), title), 'text'),
    parsePublished(labelled.date, 'text'),
    parsePublished(
      findDateNearTitle(
        leaveOut(lines, otherDates, ({ text }) => text),
        title,
      ),
      'text',
    ),
    parsePublished(findDateInProperties(root), 'text'),
    parsePublished(official?.facts?.date ?? null, 'text'),
  ])
}

/**
 * Returns the lines without the first line of each given text. A date that stands twice on the page therefore stays
 * once.
 */
function leaveOut<Line>(lines: readonly Line[], texts: readonly string[], textOf: (line: Line) => string): Line[] {
  const left = [...texts]
  return lines.filter((line) => {
    const at = left.indexOf(textOf(line))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
