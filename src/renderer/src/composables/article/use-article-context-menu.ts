import type { ShownArticle } from '../../lib/article/shown-article'
import { useArticle } from '../../stores/article/article'
import { useArticleMatches } from '../../stores/article/article-matches'
import { openAttachment } from '../../stores/article/host-pages'
import { useBulletins } from '../../stores/list/bulletins'
import { type ContextMenuEntry, useContextMenu } from '../../stores/menus/context-menu'
import { useSettings } from '../../stores/settings'
import { useToasts } from '../../stores/toasts'
import { narrowBelow } from '../use-layout'

/** The maximum number of characters of a selection that the menu offers to search for. */
const maxSearchLength = 100
/** The maximum number of characters of a selection that the menu shows. */
const maxShownLength = 30

/** Returns the handler of the right mouse button in the article. The commands depend on what lies under the pointer. */
export function useArticleContextMenu({
  frame,
  page,
}: Pick<ShownArticle, 'frame' | 'page'>): (event: MouseEvent) => void {
  const { say } = useSettings()
  const article = useArticle()
  const bulletins = useBulletins()
  const toasts = useToasts()

  function onContextMenu(event: MouseEvent): void {
    const target = event.target as Element // the cast is safe, because the events come from elements of the frame
    const groups = [ofSelection(), ofLink(target.closest('a')), ofPicture(target.closest('img')), ofBulletin()]
    const entries = groups
      .filter((group) => group.length > 0)
      .flatMap((group, at) => (at === 0 ? group : (['separator', ...group] as const)))
    const { left = 0, top = 0 } = frame.value?.getBoundingClientRect() ?? {}
    useContextMenu().open(event, entries, { x: left, y: top })
  }

  function ofSelection(): ContextMenuEntry[] {
    const selection = page.value?.getSelection() ?? null
    const text = selection?.toString().trim() ?? ''
    if (selection === null || selection.isCollapsed || text === '') return []
    // The markup is read now, because the selection may change while the menu is open.
    const markup = markupOf(selection)
    const words = text.replaceAll(/["“”\s]+/g, ' ').trim()
    const shown = words.length > maxShownLength ? `${words.slice(0, maxShownLength)}…` : words
    return [
      { label: say('menu.copy'), run: () => copy(text, markup) },
      {
        label: say('ui.search-selection', { text: shown }),
        isDisabled: words === '' || words.length > maxSearchLength,
        run: () => search(words),
      },
    ]
  }

  function ofLink(link: HTMLAnchorElement | null): ContextMenuEntry[] {
    if (link === null) return []
    const isStored = link.getAttribute('href')?.startsWith('/') ?? true
    // The click goes through the handler of clicks, which knows the kinds of links.
    const open = { label: say('ui.open-link'), run: () => link.click() }
    return isStored ? [open] : [open, { label: say('ui.copy-link'), run: () => copy(link.href, null) }]
  }

  function ofPicture(picture: HTMLImageElement | null): ContextMenuEntry[] {
    const [, id, file] = /^\/media\/([^/]+)\/([^/]+)$/.exec(picture?.getAttribute('src') ?? '') ?? []
    if (id === undefined || file === undefined) return []
    return [{ label: say('ui.save-picture'), run: () => openAttachment(id, file) }]
  }

  function ofBulletin(): ContextMenuEntry[] {
    return [
      { label: say('ui.find-in-page'), run: () => useArticleMatches().openBar() },
      { label: say('menu.print'), run: () => article.print() },
    ]
  }

  /** Searches the library for the words. A narrow window shows the list instead of the article. */
  async function search(words: string): Promise<void> {
    if (innerWidth < narrowBelow) article.close()
    await bulletins.searchEverywhere(`"${words}"`)
  }

  /** Copies a text. With the markup, a word processor keeps the headings and tables. */
  async function copy(text: string, markup: string | null): Promise<void> {
    const kinds = { 'text/plain': text, ...(markup === null ? {} : { 'text/html': markup }) }
    const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })])
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs) as Record<string, Blob>)]).then(
      () => toasts.show(say('ui.copied')),
      () => toasts.show(say('ui.copy-refused-here')),
    )
  }

  return onContextMenu
}

function markupOf(selection: Selection): string {
  const holder = document.createElement('div')
  for (let at = 0; at < selection.rangeCount; at++) holder.append(selection.getRangeAt(at).cloneContents())
  return holder.innerHTML
}
