import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refresh } from '../../src/shared/refresh.ts'
import type { Portal } from '../portal/portal.ts'

/** The result of {@link refreshUntilDone}. */
export interface Ended {
  kills: number
  result: Refresh | null
  peakBytes: number
  /** Paths that were requested again although their response had already arrived. */
  requestedTwice: string[]
}

/**
 * The maximum number of connections to one host. This many responses may still be arriving when a process is killed.
 */
const connections = 2
/** Time in ms in which the portal records a response that is still arriving. */
const pendingResponseMs = 100

/**
 * Runs a refresh of a portal and kills its process (SIGKILL) at the given moments. A moment is a number of ms after the
 * start of the refresh, or a number of requests that the portal has received. The last process ends by itself. If
 * `forgets` is true, the state of the refresh is deleted after each kill, as a control. `hostiles` holds the addresses of
 * other sources that are refreshed with the portal.
 */
export async function refreshUntilDone(
  refresher: string,
  library: string,
  portal: Portal,
  {
    moments,
    forgets = false,
    hostiles = [],
  }: { moments: readonly (number | { requests: number })[]; forgets?: boolean; hostiles?: readonly string[] },
): Promise<Ended> {
  let kills = 0
  let last: Pick<Ended, 'result' | 'peakBytes'> = { result: null, peakBytes: 0 }
  const completed = new Set<string>()
  const requestedTwice: string[] = []
  for (const moment of [...moments, null]) {
    const { length: before } = portal.requests
    const child = spawn(process.execPath, [refresher, library, portal.origin, ...hostiles], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    for await (const line of createInterface({ input: child.stdout })) {
      // The process tests/faults/refresh-process.ts writes this line.
      const message = JSON.parse(line) as {
        begun?: boolean
        ended?: string
        result: Ended['result']
        peakBytes: number
      }
      if (message.begun === true && moment !== null)
        void waitFor(moment, () => portal.requests.length - before).then(() => {
          if (child.kill('SIGKILL')) kills += 1
        })
      if (message.ended !== undefined) last = { result: message.result, peakBytes: message.peakBytes }
    }
    await exited
    await sleep(pendingResponseMs)
    // Every process requests robots.txt again after its start, so these requests do not count.
    const requested = portal.requests.slice(before).flatMap(({ path }) => (path === '/robots.txt' ? [] : [path]))
    requestedTwice.push(...requested.filter((path, at) => completed.has(path) || requested.indexOf(path) < at))
    for (const path of last.result === null ? requested.slice(0, -connections) : requested) completed.add(path)
    if (last.result !== null) break
    if (forgets) await rm(join(library, 'refreshes'), { recursive: true, force: true })
  }
  return { kills, ...last, requestedTwice }
}

async function waitFor(moment: number | { requests: number }, countRequests: () => number): Promise<void> {
  if (typeof moment === 'number') return sleep(moment)
  while (countRequests() < moment.requests) await sleep(5)
}
