import { type Ref, shallowRef, watch } from 'vue'
import { events } from '../bridge'
import { useArticle } from '../stores/article/article'
import { useHost } from '../stores/host'
import { useBulletins } from '../stores/list/bulletins'
import { reportError } from '../stores/report-error'
import { useSettings } from '../stores/settings'
import { useRefreshes } from '../stores/sources/refreshes'
import { useSources } from '../stores/sources/sources'
import { useUpdates } from '../stores/updates'
import { narrowBelow } from './use-layout'

/**
 * Loads the data that the window shows first, and opens the newest bulletin. The returned value tells whether the
 * loading has ended.
 */
export function useStartup(): Readonly<Ref<boolean>> {
  const isReady = shallowRef(false)
  const bulletins = useBulletins()
  const article = useArticle()
  void load().then(() => (isReady.value = true))

  // A narrow window shows the list first, so only a wide window opens the newest bulletin.
  const stopWaiting = watch(
    () => (isReady.value && bulletins.isLoaded ? bulletins.heldRow(0) : undefined),
    (newest) => {
      if (newest === undefined) return
      stopWaiting()
      if (newest !== null && innerWidth >= narrowBelow && article.openId === null) void article.open(newest.id)
    },
  )
  return isReady
}

async function load(): Promise<void> {
  await events.ready
  const host = useHost()
  await Promise.all([
    ...[host.load(), useSettings().load(), useBulletins().refresh(), useBulletins().loadGroups()],
  ]).catch(reportError)
  // These stores are loaded after the facts about the host, because they load nothing for guests.
  await Promise.all([useSources().load(), useRefreshes().load()]).catch(reportError)
  if (!host.host.isForGuests) useUpdates().checkRegularly()
}
