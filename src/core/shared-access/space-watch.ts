import { callMethod } from '../call-method'
import type { App } from '../app-interface'

/** The time in ms between two checks for free space in a program that was opened on a full disk. */
const checkMs = 2_000
/** With less free space than this, a program that was opened on a full disk does not try to take the lock. */
const minFreeBytes = 1024 * 1024

/** A running check for free space. */
export interface SpaceWatch {
  stop(): void
}

/** Whether this process has opened the library for reading because the disk was full. */
export async function isOpenedOnFullDisk(app: App): Promise<boolean> {
  // A holder of an older version answers without this value. A holder has always opened the library for writing.
  const state: { isDiskFull?: boolean } = await callMethod(app, 'getLibraryState', {})
  return state.isDiskFull === true
}

/**
 * Calls `onSpace` every few seconds while the disk has space and no job of `app` runs. A job of a reader, for example a
 * print, must not end early. The free space counts as sufficient if the system does not report it.
 */
export function watchSpace(
  app: App,
  { freeBytes, onSpace }: { freeBytes(): Promise<number | null>; onSpace(): Promise<unknown> },
): SpaceWatch {
  const running = new Set<string>()
  const stopListening = app.on(({ event }) => {
    if (event.type !== 'job-changed') return
    if (event.job.state === 'running') running.add(event.job.id)
    else running.delete(event.job.id)
  })
  const check = async (): Promise<void> => {
    if (running.size === 0 && ((await freeBytes()) ?? Infinity) >= minFreeBytes) await onSpace()
  }
  const timer = setInterval(() => void check(), checkMs).unref()
  return {
    stop() {
      clearInterval(timer)
      stopListening()
    },
  }
}
