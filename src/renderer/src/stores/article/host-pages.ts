import { callHost } from '../../bridge'
import { attempt } from '../report-error'

/** Opens an attached file. The desktop shows a dialog, and a browser downloads the file. */
export function openAttachment(id: string, file: string): Promise<void> {
  return openPage(() => callHost('openAttachment', { id, file }))
}

/** Opens a web or mail address outside of the program. */
export function openExternal(url: string): Promise<void> {
  return openPage(() => callHost('openExternal', { url }), 'noopener,noreferrer')
}

/**
 * Opens a bulletin in a separate window on the desktop, or in a separate tab in a browser. Does nothing if the id is
 * null.
 */
export async function openInNewWindow(id: string | null): Promise<void> {
  if (id !== null) await openPage(() => callHost('openReader', { id }))
}

/**
 * Opens the page that the host returns. The desktop returns no page, because the desktop has opened a window itself.
 */
async function openPage(ask: () => Promise<{ page: string | null }>, features = 'noopener'): Promise<void> {
  const answer = await attempt(ask)
  if (answer !== null && answer.page !== null) window.open(answer.page, '_blank', features)
}
