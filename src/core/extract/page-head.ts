import type { Published } from '../../shared/bulletin'
import type { BodyItem } from './body-item'
import { type DumpParts, readPageDump } from './dump/page-dump'
import { findDateInProperties, findDateInRawLines, findDateNearTitle } from './fields/date'
import { findTitleInDocumentTitle } from './fields/document-title'
import type { LabelledFields } from './fields/labelled-fields'
import type { PageMetadata } from './fields/metadata'
import { choosePublished, parsePublished } from './fields/published'
import { findSummaryInDescription, findLead, findSummaryAboveBody } from './fields/summary'
import { isPortalName, isSameText } from './fields/title'
import { canStartDump, findTitleAboveBody } from './fields/title-above-body'
import { formatAsDump, type PageLine } from './html/page-lines'
import type { PackParts } from './portals/apply-pack'

/** The lines of a page, top to bottom, and the items of its body. */
interface PageContent {
  lines: readonly PageLine[]
  items: readonly BodyItem[]
}

/** The title of a page. `dump`: the page read like a text dump if it shows no title, else null. */
export interface PageTitle {
  title: string
  dump: DumpParts | null
}

/**
 * Chooses the title. `named` is the title that headings or metadata name, null if they name none. In that case the
 * title is the prominent line above the body, else a heading. A page without a title line and without a heading is read
 * like a text dump. Its title is then the part of its title element that matches the body, else the first line of the
 * dump.
 */
export function choosePageTitle(
  named: string | null,
  { lines, items, headings, documentTitle }: PageContent & { headings: readonly string[]; documentTitle: string },
): PageTitle {
  const visibleTitle =
    named ?? findTitleAboveBody(lines, items) ?? headings.find((heading) => !isPortalName(heading)) ?? null
  const dump = visibleTitle === null ? readPageDump(formatAsDump(lines.filter(canStartDump))) : null
  const knownTitle = visibleTitle ?? findTitleInDocumentTitle(documentTitle, items)
  return { title: knownTitle ?? (dump === null || dump.title === '' ? documentTitle : dump.title), dump }
}

/**
 * Chooses the summary. Returns null if the page has none. `declared` holds the summaries of pack and labels, the most
 * reliable one first. After them come the text between title and body, the lead, and the page's description if it
 * describes this article.
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
  labelled: Pick<LabelledFields, 'date'>
  /** Lines of the page as received. Empty if pack or metadata already name an exact date. */
  receivedLines: readonly string[]
  lines: readonly PageLine[]
  title: string
  /** The element with the body. */
  root: Element
}

/** Chooses the date: from the pack, from metadata, from near the title, then from a table of properties. */
export function choosePageDate({
  packParts,
  metadata,
  labelled,
  receivedLines,
  lines,
  title,
  root,
}: DateSources): Published {
  return choosePublished([
    parsePublished(packParts.date, 'pack'),
    metadata.published,
    parsePublished(findDateInRawLines(receivedLines, title), 'text'),
    parsePublished(labelled.date, 'text'),
    parsePublished(findDateNearTitle(lines, title), 'text'),
    parsePublished(findDateInProperties(root), 'text'),
  ])
}
