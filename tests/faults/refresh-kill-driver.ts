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
  /** Paths that were requested again although their response had arrived before. */
  requestedTwice: string[]
}

/** Connections to a host at the same time. This many responses may be on their way when a process is killed. */
const connections = 2
/** The time in which the portal records a response that is on its way. */
const pendingResponseMs = 100

/**
 * Runs a refresh of a portal and kills its process (SIGKILL) at the given moments, in ms after each start. The last
 * process ends by itself. `forgets` is a control that deletes the state of the refresh after each kill. `hostiles` are
 * addresses of other sources beside the portal.
 */
export async function refreshUntilDone(
  refresher: string,
  library: string,
  portal: Portal,
  {
    moments,
    forgets = false,
    hostiles = [],
  }: { moments: readonly number[]; forgets?: boolean; hostiles?: readonly string[] },
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
      // Written by tests/faults/refresh-process.ts.
      const message = JSON.parse(line) as {
        begun?: boolean
        ended?: string
        result: Ended['result']
        peakBytes: number
      }
      if (message.begun === true && moment !== null)
        void sleep(moment).then(() => {
          if (child.kill('SIGKILL')) kills += 1
        })
      if (message.ended !== undefined) last = { result: message.result, peakBytes: message.peakBytes }
    }
    await exited
    await sleep(pendingResponseMs)
    // Every process requests robots.txt again when it starts.
    const requested = portal.requests.slice(before).flatMap(({ path }) => (path === '/robots.txt' ? [] : [path]))
    requestedTwice.push(...requested.filter((path, at) => completed.has(path) || requested.indexOf(path) < at))
    for (const path of last.result === null ? requested.slice(0, -connections) : requested) completed.add(path)
    if (last.result !== null) break
    if (forgets) await rm(join(library, 'refreshes'), { recursive: true, force: true })
  }
  return { kills, ...last, requestedTwice }
}
