import { openExternal } from '../article/host-pages'
import { useHost } from '../host'
import { useSettings } from '../settings'
import { useShell } from '../shell'
import { useRefreshes } from '../sources/refreshes'
import { useSources } from '../sources/sources'
import { useContextMenu } from './context-menu'

/** Opens the menu of a followed source. Does nothing for a source that the user does not follow. */
export function openSourceMenu(event: MouseEvent, id: string | undefined): void {
  const { say } = useSettings()
  const source = id === undefined ? undefined : useSources().byId(id)?.source
  if (source === undefined) return
  useContextMenu().open(event, [
    {
      label: say('sources.refresh'),
      isDisabled: useHost().host.readOnly,
      run: () => useRefreshes().refresh([source.id]),
    },
    { label: say('sources.settings'), run: () => useShell().show({ kind: 'source', id: source.id }) },
    'separator',
    { label: say('ui.open-original'), run: () => openExternal(source.url) },
  ])
}
