import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refresh } from '../../src/shared/refresh.ts'
import type { Portal } from '../portal/portal.ts'

/** What the last process of {@link refreshUntilDone} said. */
export interface Ended {
  kills: number
  result: Refresh | null
  peakBytes: number
  /** Paths that were asked again although their answer had come before. */
  askedTwice: string[]
}

/** Connections to a host at once: so many answers may be on their way when a process is killed. */
const connections = 2
/** An answer on its way is noted by the portal within this time. */
const settlingMs = 100

/**
 * Runs a refresher on a portal, kills it (SIGKILL) at the moments given, in ms after each began, and lets the last one
 * end. `forgets`: a control, what the refresh keeps of its way is taken away after each kill. `hostiles`: addresses of other
 * sources beside the portal.
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
  const settled = new Set<string>()
  const askedTwice: string[] = []
  for (const moment of [...moments, null]) {
    const { length: before } = portal.requests
    const child = spawn(process.execPath, [refresher, library, portal.origin, ...hostiles], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    for await (const line of createInterface({ input: child.stdout })) {
      // Written by tests/faults/refresh-process.ts.
      const said = JSON.parse(line) as { begun?: boolean; ended?: string; result: Ended['result']; peakBytes: number }
      if (said.begun === true && moment !== null)
        void sleep(moment).then(() => {
          if (child.kill('SIGKILL')) kills += 1
        })
      if (said.ended !== undefined) last = { result: said.result, peakBytes: said.peakBytes }
    }
    await exited
    await sleep(settlingMs)
    // What robots.txt says is asked anew by every program that starts.
    const asked = portal.requests.slice(before).flatMap(({ path }) => (path === '/robots.txt' ? [] : [path]))
    askedTwice.push(...asked.filter((path, at) => settled.has(path) || asked.indexOf(path) < at))
    for (const path of last.result === null ? asked.slice(0, -connections) : asked) settled.add(path)
    if (last.result !== null) break
    if (forgets) await rm(join(library, 'refreshes'), { recursive: true, force: true })
  }
  return { kills, ...last, askedTwice }
}
