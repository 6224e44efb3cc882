import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import { type Encoding, encodings } from '../../../../shared/text/encodings'
import { callHost, CallError } from '../../bridge'
import { followJob } from '../../composables/use-job'
import { createResponseGuard } from '../../lib/response-guard'
import { attempt } from '../report-error'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/**
 * The beginning of a page, decoded in one encoding. The value is null if the page cannot be decoded in that encoding.
 */
export type Sample = Output<'sampleEncoding'> | null

/**
 * Decodes the stored page of a bulletin in another encoding: first a sample in each encoding, then the whole page in
 * the chosen encoding.
 */
export const useEncoding = defineStore('encoding', () => {
  /** The samples that have been decoded so far. */
  const samples = shallowRef<ReadonlyMap<Encoding, Sample>>(new Map())
  const isApplying = shallowRef(false)
  const readings = createResponseGuard()

  /** Decodes the samples one after another, beginning with the detected encoding. */
  async function readSamples(id: string): Promise<void> {
    const reading = readings.begin()
    samples.value = new Map()
    for (const encoding of encodings) {
      const sample = await callHost('sampleEncoding', { id, encoding }).catch(() => null)
      if (!reading.isLatest()) return
      samples.value = new Map([...samples.value, [encoding, sample]])
    }
  }

  function stopReading(): void {
    readings.invalidate()
  }

  /**
   * Decodes the whole page in an encoding and stores the result. The message offers an undo, which returns to
   * `previous`. Returns false if decoding failed.
   */
  async function apply(id: string, encoding: Encoding, previous: Encoding): Promise<boolean> {
    const { say } = useSettings()
    const name = say(`ui.encoding-${encoding}`)
    const goBack = (): void => void attempt(() => reread(id, previous))
    isApplying.value = true
    const isChanged = await attempt(() => reread(id, encoding))
    isApplying.value = false
    if (isChanged === true) useToasts().show(say('ui.encoding-applied', { encoding: name }), { undo: goBack })
    else if (isChanged === false) useToasts().show(say('ui.encoding-same'))
    return isChanged !== null
  }

  return { samples, isApplying, readSamples, stopReading, apply }
})

/** Decodes a page in an encoding. Tells whether the other encoding changed the text. */
async function reread(id: string, encoding: Encoding): Promise<boolean> {
  const { jobId } = await callHost('startReread', { id, encoding })
  const job = await followJob('reread', jobId)
  if (job.error !== null) throw new CallError(job.error)
  return job.result?.changed === true
}
