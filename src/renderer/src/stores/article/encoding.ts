import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import { type Encoding, encodings } from '../../../../shared/text/encodings'
import { callHost, CallError, getErrorShape } from '../../bridge'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** How a page would begin in an encoding; null where it can't be read in it. */
export type Sample = Output<'sampleEncoding'> | null

const pollMs = 150

/** Reading the page of a bulletin in another encoding: what each would show, and doing it. */
export const useEncoding = defineStore('encoding', () => {
  /** Those read so far. */
  const samples = shallowRef<ReadonlyMap<Encoding, Sample>>(new Map())
  const isApplying = shallowRef(false)
  /** Rises with every bulletin that is asked for: a reply for an older one is dropped. */
  let latest = 0

  /** Reads the samples one after another, the recognised one first. */
  async function readSamples(id: string): Promise<void> {
    latest += 1
    const mine = latest
    samples.value = new Map()
    for (const encoding of encodings) {
      const sample = await callHost('sampleEncoding', { id, encoding }).catch(() => null)
      if (mine !== latest) return
      samples.value = new Map([...samples.value, [encoding, sample]])
    }
  }

  function stopReading(): void {
    latest += 1
  }

  /** Reads the page so from now on; `previous` is what the toast's button goes back to. Whether it was done. */
  async function apply(id: string, encoding: Encoding, previous: Encoding): Promise<boolean> {
    const { say } = useSettings()
    const name = say(`ui.encoding-${encoding}`)
    isApplying.value = true
    try {
      const isChanged = await reread(id, encoding)
      if (isChanged)
        useToasts().show(say('ui.encoding-applied', { encoding: name }), { undo: () => void goBack(id, previous) })
      else useToasts().show(say('ui.encoding-same'))
      return true
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
      return false
    } finally {
      isApplying.value = false
    }
  }

  async function goBack(id: string, previous: Encoding): Promise<void> {
    await reread(id, previous).catch((thrown: unknown) => useToasts().show(getErrorShape(thrown)))
  }

  /** Follows the job to its end; whether the text is another now. */
  async function reread(id: string, encoding: Encoding): Promise<boolean> {
    const { jobId } = await callHost('startReread', { id, encoding })
    for (;;) {
      const job = await callHost('getJob', { jobId })
      if (job.error !== null) throw new CallError(job.error)
      if (job.state !== 'running') return job.kind === 'reread' && job.result?.changed === true
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }

  return { samples, isApplying, readSamples, stopReading, apply }
})
