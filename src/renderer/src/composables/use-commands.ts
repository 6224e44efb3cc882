import type { AppEvent } from '../../../shared/contract/api'
import { events } from '../bridge'
import { useArticle } from '../stores/article/article'
import { useBulletins } from '../stores/list/bulletins'
import { useDownloads } from '../stores/downloads'
import { useMaintenance } from '../stores/maintenance'
import { useArticleMatches } from '../stores/article/article-matches'
import { openInNewWindow } from '../stores/article/host-pages'
import { useNoteEditor } from '../stores/article/note-editor'
import { useReadAloud } from '../stores/article/read-aloud'
import { useAnnotations } from '../stores/article/annotations'
import { useSettings } from '../stores/settings'
import { useShell } from '../stores/shell'
import { useToasts } from '../stores/toasts'
import { useHost } from '../stores/host'
import { useSourceDiscovery } from '../stores/sources/source-discovery'
import { useRefreshes } from '../stores/sources/refreshes'
import { type Command, isGuestCommand, worksInDialog } from '../lib/shortcuts'
import { openModals } from './use-modal'

/** The parts of the window that commands act on. */
export interface CommandTargets {
  focusSearch(): void
  focusArticle(): void
  chooseFiles(): void
  goBack(): void
  goForward(): void
}

/** A command that a key or the native menu can send. Some commands of the native menu have no key. */
export type AnyCommand = Command | Extract<AppEvent, { type: 'command' }>['command']

/** Runs the commands of keys, of the palette and of the native menu. */
export function useCommands(targets: CommandTargets): (command: AnyCommand) => void {
  const settings = useSettings()
  const bulletins = useBulletins()
  const article = useArticle()
  const shell = useShell()

  const openNeighbour = async (direction: 1 | -1): Promise<void> => {
    const row = await bulletins.findNeighbour(article.openId, direction)
    if (row !== null && row.id !== article.openId) void article.open(row.id)
  }
  /** Acts on the list or the article. If another view covers the library, shows the library first. */
  const inLibrary = (act: () => void): void => {
    const isShown = shell.view === 'library' && shell.pane.kind === 'bulletins' && !shell.isFocused
    shell.show({ kind: 'bulletins' })
    // A hidden element cannot take the focus before the next frame. A visible element must take the focus immediately,
    // before the user presses the next key.
    if (isShown) act()
    else requestAnimationFrame(act)
  }
  const open = (): void => {
    if (article.openId === null) void openNeighbour(1)
    targets.focusArticle()
  }
  const search = (): void => {
    inLibrary(() => targets.focusSearch())
  }
  const find = (): void => {
    if (article.bulletin !== null) useArticleMatches().openBar()
  }

  const actions: Record<AnyCommand, () => void> = {
    larger: () => settings.stepSize(1),
    smaller: () => settings.stepSize(-1),
    'reset-size': () => settings.setSize(100),
    next: () => void openNeighbour(1),
    previous: () => void openNeighbour(-1),
    open: () => inLibrary(open),
    star: () => void article.toggle('starred'),
    unread: () => void article.toggle('read'),
    print: () => article.print(),
    'save-pdf': () => article.print(),
    export: () => article.exportToFile(),
    highlight: () => void useAnnotations().highlight(),
    note: () => useNoteEditor().openForActive(),
    listen: () => void useReadAloud().toggle(),
    add: () => useDownloads().offer(''),
    search,
    find: () => inLibrary(find),
    palette: () => void (shell.dialog = 'palette'),
    focus: () => void (shell.isFocused = !shell.isFocused && article.openId !== null),
    back: () => targets.goBack(),
    forward: () => targets.goForward(),
    'new-window': () => void openInNewWindow(article.openId),
    undo: () => void useToasts().undoLast(),
    'add-source': () => useSourceDiscovery().open('address'),
    'refresh-all': () => void useRefreshes().refresh(null),
    refreshes: () => shell.show({ kind: 'refreshes' }),
    import: () => targets.chooseFiles(),
    settings: () => void (shell.view = 'settings'),
    help: () => void (shell.dialog = 'keys'),
    guide: () => void (shell.view = 'guide'),
    backup: () => void useMaintenance().backup(),
    'data-folder': () => void useHost().openDataFolder(),
    report: () => void (shell.dialog = 'report'),
  }
  const host = useHost()
  const run = (command: AnyCommand): void => {
    if (!host.host.isForGuests || isGuestCommand(command)) actions[command]()
  }
  events.on((event) => {
    if (event.type !== 'command') return
    // The native menu can be used while a dialog is open, and must not change what lies below the dialog.
    if (openModals.value.some(({ open }) => open) && !worksInDialog(event.command)) return
    run(event.command)
  })
  return run
}
