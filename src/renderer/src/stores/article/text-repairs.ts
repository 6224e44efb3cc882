import type { Bulletin } from '../../../../shared/bulletin'
import { callHost } from '../../bridge'
import { attempt } from '../report-error'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** Undoes a repair of a bulletin's text, or applies an undone repair. The message offers an undo. */
export async function toggleRepair({ id, repairs }: Bulletin, at: number): Promise<void> {
  const repair = repairs[at]
  if (repair === undefined) return
  const { kind, rule, field, undone } = repair
  const set = (isUndone: boolean): Promise<unknown> =>
    attempt(() => callHost('setRepair', { id, repair: { kind, rule, field }, undone: isUndone }))
  await set(!undone)
  const sentence = useSettings().say(undone ? 'ui.repair-set-redone' : 'ui.repair-set-undone')
  useToasts().show(sentence, { undo: () => void set(undone) })
}

/** Extracts the text again from the stored page, and tells the user whether the extraction changed the text. */
export async function reextractText({ id, revision }: Bulletin): Promise<void> {
  const extracted = await attempt(() => callHost('reextractBulletin', { id }))
  if (extracted === null) return
  const isSame = extracted.revision === revision.number
  useToasts().show(useSettings().say(isSame ? 'ui.reextract-same' : 'ui.reextracted'))
}

/**
 * Extracts the text again, so that it keeps everything that the stored page shows, or only the article. The message
 * offers an undo.
 */
export async function keepWholePage({ id }: Bulletin, keepsAll: boolean): Promise<void> {
  const set = (isWhole: boolean): Promise<unknown> =>
    attempt(() => callHost('reextractBulletin', { id, keepsAll: isWhole }))
  if ((await set(keepsAll)) === null) return
  const sentence = useSettings().say(keepsAll ? 'ui.parts-taken-back' : 'ui.article-only-kept')
  useToasts().show(sentence, { undo: () => void set(!keepsAll) })
}
