import type { Output } from '../../../../shared/contract/api'
import { callHost } from '../../bridge'
import { attempt } from '../report-error'

/** Fetches the stored page of a bulletin as text. If the page cannot be read, reports the error and returns null. */
export function fetchCapturedText(id: string): Promise<Output<'getCapturedText'> | null> {
  return attempt(() => callHost('getCapturedText', { id }))
}
