import { app, BrowserWindow, Notification } from 'electron'
import type { App } from '../../core/app-interface'
import type { Refresh } from '../../shared/refresh'
import type { Settings } from '../../shared/settings/settings'
import { translate } from '../../shared/locales/translate'
import { listWindows } from '../windows/track-windows'

/** The dependencies of {@link announceNewBulletins}. */
export interface AnnouncementParts {
  library: Pick<App, 'on'>
  readSettings(): Settings
  /** Shows a window of the interface. */
  show(): void
}

/**
 * Shows a notification of the system when a refresh has stored new bulletins of a source with notifications turned on.
 * While the user works in a window of the program, shows no notification, because the list of bulletins already shows
 * them. The icon of the program shows the number of these bulletins until the user returns to a window.
 */
export function announceNewBulletins({ library, readSettings, show }: AnnouncementParts): void {
  const announced = new Set<string>()
  /**
   * The notifications on screen. A notification without a reference is garbage-collected and loses its click
   * (electron/electron#12690).
   */
  const held = new Set<Notification>()
  /** The number of new bulletins since a window last had the focus. */
  let unseen = 0
  app.on('browser-window-focus', () => {
    if (unseen > 0) showBadge((unseen = 0))
  })
  library.on(({ event }) => {
    if (event.type !== 'refresh-changed' || event.refresh.endedAt === null) return
    if (announced.has(event.refresh.id)) return
    announced.add(event.refresh.id)
    const settings = readSettings()
    const body = sentencesOf(event.refresh, settings).join('\n')
    if (body === '' || BrowserWindow.getFocusedWindow() !== null) return
    unseen += chosenSources(event.refresh, settings).reduce((sum, { added }) => sum + added, 0)
    showBadge(unseen)
    if (!Notification.isSupported()) return
    const notification = new Notification({ title: translate(settings.language, 'notify.title'), body })
    held.add(notification)
    notification.on('click', () => {
      held.delete(notification)
      show()
    })
    notification.on('close', () => held.delete(notification))
    notification.show()
  })
}

/**
 * Returns one sentence for each source with new bulletins and with notifications turned on. Returns at most three,
 * because Windows shows four lines.
 */
function sentencesOf(refresh: Refresh, settings: Settings): string[] {
  const { language } = settings
  const chosen = chosenSources(refresh, settings)
  const sentences = chosen.map(({ name, added }) => translate(language, 'notify.source', { name, count: added }))
  if (sentences.length <= 3) return sentences
  const count = chosen.length - 2
  return [...sentences.slice(0, 2), translate(language, 'notify.more', { count })]
}

/** Returns the sources with new bulletins and with notifications turned on. */
function chosenSources({ sources }: Refresh, { notifiedSources }: Settings): Refresh['sources'] {
  return sources.filter(({ id, added }) => added > 0 && notifiedSources.includes(id))
}

/** Shows a number at the icon of the program. Windows has no such number, so the button in its task bar flashes. */
function showBadge(count: number): void {
  if (process.platform !== 'win32') app.setBadgeCount(count)
  else for (const window of listWindows()) window.flashFrame(count > 0)
}
