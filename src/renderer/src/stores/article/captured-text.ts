import type { Output } from '../../../../shared/contract/api'
import { callHost } from '../../bridge'
import { attempt } from '../report-error'

/** The stored page of a bulletin as text. Reports the error and returns null if it cannot be read. */
export function fetchCapturedText(id: string): Promise<Output<'getCapturedText'> | null> {
  return attempt(() => callHost('getCapturedText', { id }))
}
