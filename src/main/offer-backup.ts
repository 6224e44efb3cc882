import { basename } from 'node:path'
import type { App } from '../core/app-interface'
import { callMethod } from '../core/call-method'
import { waitForJob } from '../core/wait-for-job'
import { AppError, toErrorShape } from '../shared/errors'
import type { Language } from '../shared/settings/setting-values'
import { type SentenceKey, type SentenceValues, translate } from '../shared/locales/translate'
import { showMessage } from './dialogs'

/**
 * Asks the user whether to restore a backup that was opened by a double click, restores it, and shows the result or the
 * reason why it failed.
 */
export async function offerBackup(library: Pick<App, 'call' | 'on'>, file: string, language: Language): Promise<void> {
  const say = (key: SentenceKey, values?: SentenceValues): string => translate(language, key, values)
  const { response } = await showMessage({
    type: 'question',
    message: say('dialog.restore-question'),
    detail: say('dialog.restore-detail', { name: basename(file) }),
    buttons: [say('dialog.restore'), say('ui.cancel')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response !== 0) return
  try {
    const detail = await restore(library, file, say)
    await showMessage({ type: 'info', message: say('dialog.restored'), detail, buttons: [say('ui.close')] })
  } catch (thrown) {
    const { code, details } = toErrorShape(thrown)
    await showMessage({ type: 'error', message: say(`error.${code}`, details), buttons: [say('ui.close')] })
  }
}

/** Restores a backup. Returns the result as sentences. Sources from a backup sleep, because another person may have made the backup. */
async function restore(
  library: Pick<App, 'call' | 'on'>,
  file: string,
  say: (key: SentenceKey, values?: SentenceValues) => string,
): Promise<string> {
  const { jobId } = await callMethod(library, 'startRestoreBackup', { file, withDeleted: false })
  const job = await waitForJob(library, jobId, { signal: new AbortController().signal, onProgress: () => undefined })
  if (job.kind !== 'restore-backup' || job.result === null) throw new AppError('cancelled', 'restore: cancelled')
  const { failed, asleep = 0, isWhole, added, merged, unchanged, skipped } = job.result
  return [
    say('dialog.restored-detail', { added, merged, unchanged, skipped, failed: failed.length }),
    ...(asleep === 0 ? [] : [say('dialog.restored-sleeping', { count: asleep })]),
    ...(isWhole ? [] : [say('dialog.restored-damaged')]),
  ].join('\n')
}
