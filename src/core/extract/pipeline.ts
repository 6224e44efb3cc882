import { type DumpParts, readPageDump } from './dump/page-dump'
import { replaceWithDeclaredText } from './body/declared-text'
import { refuseEmptyPage } from './body/empty-page'
import { findBody } from './body/find-body'
import { readBodyItems } from './body/body-items'
import { findAttachments } from './fields/attachments'
import { findAuthorNearTitle } from './fields/author-near-title'
import { takeDocumentTitle } from './fields/document-title'
import { joinCaptions } from './fields/html-captions'
import { readLabelledFields } from './fields/labelled-fields'
import { readMetadata } from './fields/metadata'
import { mayHaveLetterhead } from './fields/official/letterhead'
import { readOfficialDocument } from './fields/official/official-document'
import { takeSignature } from './fields/take-signature'
import { splitIntoBlocks } from './html/blocks'
import { readPageLines, readRawLines } from './html/page-lines'
import { createPageQuery } from './html/page-query'
import { hasStructure, parsePage, takePlainText } from './html/parse-page'
import { findPageBase } from './html/resolve-address'
import { choosePageAddress, findSavedFromUrl } from './html/page-address'
import type { BodyItem } from './body-item'
import { checkHtmlLimits } from './limits'
import { chooseNamedTitle, choosePageAuthor, choosePageDate, choosePageSummary, choosePageTitle } from './page-head'
import type { PageContext, PageParts } from './page-parts'
import { takeMorePages } from './pages/find-more-pages'
import { findPackBody, matchPack, readPackParts } from './portals/apply-pack'
import { prepareContent } from './prepare/prepare-content'
import { removeBoilerplate } from './removals/boilerplate'
import { findCommentHeadings } from './removals/comments'
import { removeImprint } from './removals/imprint'
import { removeLinkLists } from './removals/related-articles'
import { createRemovalLog, type RemovalLog } from './removals/removal-log'
import { countNodeLetters } from './removals/count-letters'
import { closeAccount } from './removals/page-account'
import { type KnownParts, removeRelatedArticles, removeRepeated } from './removals/repeated-items'

/**
 * Minimum share of the page's prose that the first pass must keep. If it keeps less, a second pass with fewer rules
 * reads the page again.
 */
const minProseShare = 0.5
/**
 * Minimum number of characters of prose in a page that may get a second pass. With less prose, it is not certain that
 * text was lost.
 */
const minProseForSecondReading = 300
/**
 * Minimum ratio of the text that the second pass keeps to the text that the first pass kept. With a smaller ratio, the
 * result of the first pass is used.
 */
const minGain = 1.3

/**
 * Minimum length in characters of a text that stays in the body as its only text, even if the title has the same words.
 */
const minOnlyText = 60

/**
 * Extracts the parts of an HTML page. This function and `readOnce` list the steps in their order, each with its reason.
 * The entries of the removal log contain the numbers of these steps. Returns `DumpParts` for a page without structure,
 * which is a text dump. Throws `too-complex` (details: name).
 */
export function readHtmlPage(html: string, context: PageContext): PageParts | DumpParts {
  // 1. Check the limits. This comes before any parser, because a huge or deep tree exhausts memory or the stack.
  checkHtmlLimits(html, context.name)

  if (context.keepsAll === true) {
    const whole = readOnce(html, context, 'visible')
    return 'parts' in whole ? refuseUnlessArticle(whole, html, context) : whole
  }

  // 2 to 16. Read the page with all rules.
  const first = readOnce(html, context, 'full')
  if (!('parts' in first)) return first
  if (first.proseShare >= minProseShare) return refuseUnlessArticle(first, html, context)

  // 17. Run a second pass without the rules for class names and links if the first pass found too little of the prose,
  // because such a rule may have removed the article. If the second pass finds nothing, the text that the page shows is
  // the body.
  const second = readOnce(html, context, 'gentle')
  if (!('parts' in second)) return second
  const better = measureItems(second.parts) > measureItems(first.parts) * minGain ? second : first
  if (measureItems(better.parts) > 0) return refuseUnlessArticle(better, html, context)
  const last = readOnce(html, context, 'visible')
  return 'parts' in last ? refuseUnlessArticle(last, html, context) : last
}

/**
 * Throws an error if the result of a pass shows that the page is not an article. Returns the parts of any other page.
 */
function refuseUnlessArticle({ parts, documentTitle }: Reading, html: string, { name }: PageContext): PageParts {
  const { title, items, pictures, attachments, summary } = parts
  const text = [...(summary === null ? [] : [summary]), ...items.map((item) => item.text)].join('\n').trim()
  refuseEmptyPage({ html, documentTitle, title, text, hasMedia: pictures.length + attachments.length > 0 }, name)
  return parts
}

/**
 * How a page is read. `full` uses all rules. `gentle` ignores the rules for class names and links. `visible` keeps all
 * text that the page shows and looks for no article.
 */
type ReadingMode = 'full' | 'gentle' | 'visible'

/** The result of one pass over a page. */
interface Reading {
  parts: PageParts
  documentTitle: string
  /** Length of the body's text divided by the length of the prose of the page. See `measureProseShare`. */
  proseShare: number
}

/** Runs steps 2 to 16 once. Returns the parts of the page, or `DumpParts` for a page without structure. */
function readOnce(html: string, context: PageContext, mode: ReadingMode): Reading | DumpParts {
  const isLenient = mode !== 'full' // the last two modes ignore class names and links
  const { name, address, packs, repair } = context
  const removals = createRemovalLog()

  // 2. Build the tree, open deferred text and repair old encodings. All later steps need the complete, correct text.
  const { document, body } = parsePage(html, name, repair)

  // 3. Read a page without structure as a text dump. None of its elements mark a title, a date or a body.
  if (!hasStructure(body)) return readPageDump(takePlainText(body))

  // 4. Prepare the content now, because later steps remove the fallbacks that contain the addresses of pictures. Count
  // the characters of the page now, because nothing has been removed yet.
  prepareContent(body, context)
  const total = countNodeLetters(body)

  // 5. Read the metadata and the address of the page, while nothing has been removed.
  const savedFrom = address === null ? (findSavedFromUrl(html) ?? context.savedFrom ?? null) : null
  const metadata = readMetadata(document, findPageBase(document, address, savedFrom).address)
  const documentTitle = takeDocumentTitle(document, body)
  const morePages = takeMorePages(document, { address: address ?? savedFrom ?? metadata.address, name }, removals)
  const pageAddress = choosePageAddress(address ?? savedFrom, metadata.address)
  const host = pageAddress === null ? null : new URL(pageAddress).hostname

  // 6. Read the parts that a pack selects. The selectors of a pack need the whole page.
  const page = createPageQuery(body)
  const pack = matchPack(packs, page, host)
  const packParts = readPackParts(pack, page)

  // 7. Read labelled fields and the lines as received, because step 8 may remove the boxes around them.
  const labelled = readLabelledFields(page, metadata)
  const official = mayHaveLetterhead(body.textContent ?? '') ? readOfficialDocument(readRawLines(body)) : null
  const hasExactDate = packParts.date !== null || metadata.published?.precision === 'minute'
  const receivedLines = hasExactDate ? [] : readRawLines(body)

  // 8. Remove boilerplate: boxes beside the article, controls and the imprint. Step 10 would score them as text. Before
  // that, comments are recognised by their form.
  const [keep, comments] = [pack?.keep ?? [], findCommentHeadings(body)]
  const proseBefore = removeBoilerplate(body, page, { drop: pack?.drop ?? [], keep, isLenient }, removals)
  const lines = readPageLines(removeImprint(splitIntoBlocks(body), removals))

  // 9. Find the title in a heading, the metadata or the title element. Step 10 needs it, because the body is below the
  // title.
  const { headings } = labelled
  const namedTitle = chooseNamedTitle(packParts.title, official, { headings, documentTitle, lines, metadata })

  // 10. Find the element with the body. It is the element that the pack selects, or the block with most of the text.
  const titleElement = lines.find(({ text }) => text === namedTitle)?.element ?? null
  const root =
    mode === 'visible' ? body : (findPackBody(packParts, body) ?? findBody(body, titleElement, removals, isLenient))

  // 11. Remove lists of links from the body, where they lead to other articles. Lists outside the body are navigation
  // and need no removal.
  if (!isLenient) removeLinkLists(root, { keep, comments }, removals)

  // 12. Read attachments and items, and choose the title. If step 9 found no title, the title is searched above the
  // items.
  const base = findPageBase(document, address, savedFrom ?? metadata.address)
  const attachments = findAttachments(root, base)
  const { items: shownItems, pictures } = readBodyItems(root, base, removals)
  const items = replaceWithDeclaredText(shownItems, metadata.text)
  const pageTitle = choosePageTitle(namedTitle, { lines, items, headings, documentTitle })
  const { title, dump } = pageTitle

  // 13. Choose the summary. The summary may be between title and body, so this step needs both.
  const { description } = metadata
  const declared = [packParts.summary, labelled.summary]
  const summary = choosePageSummary(pageTitle, { lines, items, declared, description })

  // 14 to 16. Remove repetitions, and take captions and the signature out of the items.
  const author = packParts.author ?? labelled.author
  const known = { head: [title, summary, packParts.date, labelled.date], author }
  const isLast = mode === 'visible' && pictures.length + attachments.length === 0
  const { captioned, unsigned, signed } = finishItems(items, { known, isLast }, removals)
  const nearTitle = findAuthorNearTitle(lines, title, items)
  const named = packParts.author ?? dump?.author ?? nearTitle ?? labelled.author ?? metadata.author
  const byline = choosePageAuthor(signed, named)

  const parts: PageParts = {
    title,
    summary,
    author: byline.author,
    published: choosePageDate({ packParts, metadata, labelled, official, receivedLines, lines, title, root }),
    items: unsigned,
    pictures,
    morePages,
    attachments,
    address: pageAddress,
    official: official?.facts ?? null,
    source: { id: null, name: packParts.source ?? byline.source ?? metadata.siteName, host },
    log: removals.log,
    account: items === shownItems ? closeAccount({ ...known, total, body, root, captioned, unsigned }, removals) : null,
    pack: pack === null ? null : `${pack.id}/${pack.version}`,
  }
  return { parts, documentTitle, proseShare: measureProseShare(parts, proseBefore) }
}

/**
 * Runs steps 14 to 16. `known` holds the fields that the body must not repeat. `isLast` is true in the last pass over a
 * page without pictures and files.
 */
function finishItems(
  items: readonly BodyItem[],
  { known, isLast }: { known: KnownParts; isLast: boolean },
  removals: RemovalLog,
): { captioned: BodyItem[]; unsigned: BodyItem[]; signed: string | null } {
  // 14. Remove repetitions of the fields that are now known, and the list of other articles. The only paragraph of a
  // page stays in the body, even if the title has the same words.
  const remaining = removeRepeated(removeRelatedArticles(items, removals), known, removals)
  const unrepeated = isOnlyTitle(remaining, items, isLast) ? [...items] : remaining

  // 15. Join captions with their pictures. Step 16 would mistake a caption at the end for a signature.
  const captioned = joinCaptions(unrepeated)

  // 16. Take the signature from the end of the body. After step 14, all lines at this end belong to the article.
  const { items: unsigned, author: signed } = takeSignature(captioned)
  return { captioned, unsigned, signed }
}

/**
 * Whether the removal of repetitions has emptied the body although the page has a text that is long enough for a body.
 * In the last pass over a page without pictures and files, a text of any length is enough, because the body would be
 * empty otherwise.
 */
function isOnlyTitle(remaining: readonly BodyItem[], items: readonly BodyItem[], isLast: boolean): boolean {
  const minLength = isLast ? 1 : minOnlyText
  return !remaining.some(({ text }) => text !== '') && items.some(({ text }) => text.length >= minLength)
}

/**
 * Returns the length of the body's text divided by `proseBefore`. `proseBefore` is the length of the prose of the page
 * outside boxes that surely hold other content. Returns 0 if the reading found nothing. Returns 1 if the page has too
 * little prose for a comparison.
 */
function measureProseShare(parts: PageParts, proseBefore: number): number {
  const length = measureItems(parts)
  if (length === 0) return 0
  return proseBefore < minProseForSecondReading ? 1 : length / proseBefore
}

function measureItems({ items }: PageParts): number {
  return items.reduce((sum, { text }) => sum + text.length, 0)
}
