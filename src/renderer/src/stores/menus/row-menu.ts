import type { Row } from '../../lib/list/list-query'
import { useArticle } from '../article/article'
import { openInNewWindow } from '../article/host-pages'
import { useHost } from '../host'
import { setRead, setStarred } from '../list/bulk-actions'
import { useBulletins } from '../list/bulletins'
import { moveToTrash, restoreFromTrash } from '../list/trash'
import { useExport } from '../output/export'
import { usePrint } from '../output/print'
import { useSettings } from '../settings'
import { useContextMenu } from './context-menu'

/** Opens the menu of a row. If the row belongs to a selection, the commands apply to the whole selection. */
export function openRowMenu(event: MouseEvent, row: Row): void {
  const { say } = useSettings()
  const bulletins = useBulletins()
  const isDisabled = useHost().host.readOnly
  const ids = bulletins.selected.has(row.id) ? [...bulletins.selected] : [row.id]
  const isTrash = bulletins.scope.kind === 'trash'
  const withTitles = async (show: (chosen: { id: string; title: string }[]) => void): Promise<void> =>
    show(await bulletins.fetchTitles(ids))
  useContextMenu().open(event, [
    ...(ids.length > 1
      ? []
      : ([
          { label: say('ui.open-bulletin'), run: () => useArticle().open(row.id) },
          { label: say('ui.open-in-new'), run: () => openInNewWindow(row.id) },
          'separator',
        ] as const)),
    ...(isTrash
      ? ([{ label: say('ui.restore'), isDisabled, run: () => restoreFromTrash(ids) }] as const)
      : ([
          {
            label: say(row.read ? 'ui.mark-unread' : 'ui.mark-read'),
            isDisabled,
            run: () => setRead(ids, !row.read),
          },
          { label: say(row.starred ? 'ui.unstar' : 'ui.star'), isDisabled, run: () => setStarred(ids, !row.starred) },
          'separator',
          { label: say('menu.print'), run: () => withTitles(usePrint().open) },
          { label: say('ui.export'), run: () => withTitles(useExport().open) },
          'separator',
          { label: say('ui.delete'), isDisabled, run: () => moveToTrash(ids) },
        ] as const)),
  ])
}
