import type { App } from '../../core/app-interface'
import type { CallResult } from '../../shared/contract/api'
import { toErrorShape } from '../../shared/errors'
import type { WebClient } from './client'
import type { FairTurns, TurnOptions } from './fair-turns'
import type { JobOwners } from './job-owners'

/**
 * The methods that may take long. The host runs only a few of these calls at the same time and shares the turns between
 * clients.
 */
const slowMethods: ReadonlySet<unknown> = new Set(['searchBulletins', 'checkCode', 'diffRevisions', 'prepareSpeech'])

/** The methods with which a guest (a client of `serve --read-only`) starts a job. */
const jobMethods: ReadonlySet<unknown> = new Set(['startPrint', 'startExport'])

/** A call as a browser sends it over HTTP. The dispatcher checks its method and its input. */
export interface WebCall {
  method: unknown
  input: unknown
}

/** The dependencies of {@link callHost}. */
export interface CallParts {
  app: App
  turns: FairTurns
  /** The owners of the jobs if all clients are guests. Null for any other host. */
  jobOwners: JobOwners | null
}

/**
 * Calls a method for a browser. If the host is for guests, the caller is a guest. A slow method waits for the turn of
 * the client.
 */
export async function callHost(
  { app, turns, jobOwners }: CallParts,
  client: WebClient,
  { method, input }: WebCall,
  disconnected: AbortSignal,
): Promise<CallResult<unknown>> {
  const call = (): Promise<CallResult<unknown>> => app.call(method, input, jobOwners === null ? 'page' : 'guest')
  if (jobOwners !== null && jobMethods.has(method)) return jobOwners.start(client, call)
  if (!slowMethods.has(method)) return call()
  try {
    return await turns.run(client, call, { signal: disconnected, ...searchOptions(method, input) })
  } catch (thrown) {
    return { ok: false, error: toErrorShape(thrown) }
  }
}

/**
 * Lets each search replace a waiting search of the same page for the same rows. While the user types, the page no
 * longer shows the answer of the older search.
 */
function searchOptions(method: unknown, input: unknown): TurnOptions {
  if (method !== 'searchBulletins' || typeof input !== 'object' || input === null) return {}
  if (!('isTyping' in input) || input.isTyping !== true || !('query' in input)) return {}
  const { query, ...rest } = input
  const kind = JSON.stringify({ ...rest, mostCounted: null })
  const label = `${kind}\n${String(query)}`
  return { label, supersedes: (old) => old !== label && old.startsWith(`${kind}\n`) }
}
