import type { ArticleAction } from '../../lib/article/article-context'
import { useArticle } from '../../stores/article/article'
import { openAttachment, openExternal } from '../../stores/article/host-pages'
import { toggleRepair } from '../../stores/article/text-repairs'
import { useDownloads } from '../../stores/downloads'
import { useBulletins } from '../../stores/list/bulletins'
import { useSettings } from '../../stores/settings'
import { useToasts } from '../../stores/toasts'
import { narrowBelow } from '../use-layout'

/** The actions of the pane around the article that a click in the article can start. */
export interface ArticleClickTargets {
  showCapture(): void
  showRevisions(): void
  /** Hides the hint of a term. Called before the list is searched for a document number. */
  hideHint(): void
}

/** Handles clicks in the article. The article's frame runs no scripts and opens nothing by itself. */
export function useArticleClicks(targets: ArticleClickTargets): (event: MouseEvent) => void {
  const article = useArticle()
  const bulletins = useBulletins()
  const downloads = useDownloads()
  const settings = useSettings()
  const toasts = useToasts()

  function onClick(event: MouseEvent): void {
    // Clicks of the right button are ignored, because this button opens the menu. The browser sends `auxclick` for it
    // too.
    if (event.button === 2) return
    const target = event.target as Element // the cast is safe, because clicks come from elements of the frame
    const number = target.closest<HTMLElement>('[data-number]')?.dataset['number']
    if (number !== undefined) {
      event.preventDefault()
      return void searchNumber(number)
    }
    const link = target.closest('a')
    if (link !== null) {
      event.preventDefault()
      return follow(link)
    }
    const { action, repair } = target.closest('button')?.dataset ?? {}
    if (action !== undefined) act(action as ArticleAction, Number(repair)) // safe cast: only renderArticle sets the attribute
  }

  /**
   * Searches for the bulletins that contain the number of a document. A narrow window shows the list instead of the
   * article.
   */
  async function searchNumber(number: string): Promise<void> {
    targets.hideHint()
    if (innerWidth < narrowBelow) article.close()
    await bulletins.searchEverywhere(`số:${number}`)
  }

  /** Opens a link. A stored file is opened from the library, even if the text links to its web address. */
  function follow(link: HTMLAnchorElement): void {
    const href = link.getAttribute('href') ?? ''
    const stored = article.bulletin?.attachments.find(({ address }) => address !== undefined && address === link.href)
    const [, id, file] = /^\/media\/([^/]+)\/([^/]+)$/.exec(href) ?? []
    if (id !== undefined && file !== undefined) void openAttachment(id, file)
    else if (stored !== undefined && article.openId !== null) void openAttachment(article.openId, stored.file)
    else if (href !== '') void openExternal(href)
  }

  function act(action: ArticleAction, repair: number): void {
    const { bulletin } = article
    if (bulletin === null) return
    if (action === 'show-capture') targets.showCapture()
    else if (action === 'show-revisions') targets.showRevisions()
    else if (action === 'set-repair') void toggleRepair(bulletin, repair)
    else if (action === 'fetch-missing') void downloads.fetchMissing(bulletin.id)
    else if (action === 'open-original' && bulletin.url !== null) void openExternal(bulletin.url)
    else if (action === 'copy-hash') copy(bulletin.captures[0]?.sha256 ?? '')
  }

  function copy(hash: string): void {
    navigator.clipboard.writeText(hash).then(
      () => toasts.show(settings.say('ui.hash-copied')),
      () => toasts.show(settings.say('ui.copy-refused')),
    )
  }

  return onClick
}
