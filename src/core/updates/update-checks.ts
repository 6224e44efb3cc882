import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Output } from '../../shared/contract/api'
import { AppError, toAppError } from '../../shared/errors'
import { createDocumentWriter } from '../document-writer'
import type { FetchAddress } from '../fetch/fetch-result'
import { typedHost } from '../fetch/ssrf-guard'
import type { Ports, UpdateInstaller } from '../ports'
import { isNewer, maxFeedBytes, readUpdateFeed, type UpdateFeed } from './update-feed'
import type { UpdateSource } from './update-source'

/** The time between two automatic checks, in ms. */
const checkEveryMs = 7 * 24 * 60 * 60 * 1000
/** The time after a failed check until the next automatic check, in ms. */
const retryAfterMs = 24 * 60 * 60 * 1000

/** The document `updates.json` in the config folder. */
const stateSchema = z.object({
  /** The time of the last check, also of a failed check. */
  triedAt: z.nullable(z.string()),
  /** The time of the last check that gave an answer. */
  checkedAt: z.nullable(z.string()),
  /** The time at which the newest known feed was issued. An older feed is a replay and is refused. */
  issuedAt: z.nullable(z.string()),
  /** The newest version that a feed has named, and its download page. */
  version: z.nullable(z.string()),
  page: z.nullable(z.string()),
})
type UpdateState = z.infer<typeof stateSchema>

const firstState: UpdateState = { triedAt: null, checkedAt: null, issuedAt: null, version: null, page: null }

/** The dependencies of {@link createUpdateChecks}. */
export interface UpdateCheckParts {
  ports: Pick<Ports, 'clock' | 'log' | 'openStore' | 'paths'>
  /** The version of this program. */
  version: string
  /** Null if the build has no source. */
  source: UpdateSource | null
  /** Null if the user installs new versions without the program. */
  installer: UpdateInstaller | null
  fetch(): FetchAddress
  /** Whether the user allows automatic checks. */
  isOn(): Promise<boolean>
}

/** The checks for a new version of this program. */
export interface UpdateChecks {
  /**
   * Checks for a new version. With `onlyIfDue`, checks only if the user allows automatic checks and the last check is a
   * week old, and otherwise returns what is known. Throws the errors of {@link readUpdateFeed} and of a fetch, and
   * `update-replayed` if the feed is older than a feed that this program has seen.
   */
  check(options: { onlyIfDue: boolean }): Promise<Output<'checkUpdate'>>
  /**
   * Downloads the new version, which is installed when the program ends. Throws `update-not-found` if no new version is
   * known, and the errors of the installer.
   */
  install(): Promise<void>
}

/** Creates the checks of one host. Two checks at the same time are one check. */
export function createUpdateChecks(parts: UpdateCheckParts): UpdateChecks {
  const { ports, source, version, installer } = parts
  const path = join(ports.paths.config, 'updates.json')
  let running: Promise<UpdateState> | null = null
  let feed: UpdateFeed | null = null

  function answer({ checkedAt, version: newest, page }: UpdateState): Output<'checkUpdate'> {
    const canInstall = installer !== null
    if (newest !== null && isNewer(newest, version))
      return { state: 'available', checkedAt, version: newest, page, canInstall }
    const state = source === null ? 'no-source' : checkedAt === null ? 'never' : 'current'
    return { state, checkedAt, version: null, page: null, canInstall }
  }

  async function checkNow(known: UpdateSource): Promise<UpdateState> {
    const before = await readState(path)
    const now = ports.clock()
    await keep({ ...before, triedAt: now.toISOString() })
    const fetchAddress = parts.fetch()
    const { bytes } = await fetchAddress(known.feed, {
      signal: new AbortController().signal,
      typed: typedHost(new URL(known.feed)),
      maxBytes: maxFeedBytes,
    }).catch(asFeedError)
    const found = readUpdateFeed(bytes, known, now)
    if (before.issuedAt !== null && Date.parse(found.issuedAt) < Date.parse(before.issuedAt))
      throw new AppError('update-replayed', `check update: issued at ${found.issuedAt}, seen ${before.issuedAt}`)
    feed = found
    const at = now.toISOString()
    const { issuedAt, page } = found
    return keep({ triedAt: at, checkedAt: at, issuedAt, version: found.version, page })
  }

  /** Stores the state. A check also works if the config folder cannot be written. */
  async function keep(state: UpdateState): Promise<UpdateState> {
    try {
      await mkdir(ports.paths.config, { recursive: true })
      await createDocumentWriter(ports.openStore, join(ports.paths.config, 'staging'))(path, state)
    } catch (thrown) {
      ports.log.warn('check update: the state was not stored', thrown)
    }
    return state
  }

  const check = (known: UpdateSource): Promise<UpdateState> =>
    (running ??= checkNow(known).finally(() => (running = null)))

  return {
    async check({ onlyIfDue }) {
      if (source === null) return answer(firstState)
      const state = await readState(path)
      const isDue = (await parts.isOn()) && isCheckDue(state, ports.clock())
      return answer(onlyIfDue && !isDue ? state : await check(source))
    },
    async install() {
      if (source === null || installer === null) throw new AppError('update-not-found', 'install update: not possible')
      if (feed === null) await check(source)
      if (feed === null || !isNewer(feed.version, version))
        throw new AppError('update-not-found', 'install update: no new version')
      await installer.install(feed)
    },
  }
}

/** An answer that cannot be a feed counts as a damaged feed. Other errors of the network stay as they are. */
function asFeedError(thrown: unknown): never {
  const error = toAppError(thrown)
  if (!['answer-too-large', 'page-not-found', 'server-refused'].includes(error.code)) throw error
  throw new AppError('update-damaged', `check update: ${error.message}`, {}, { cause: error })
}

/** Whether an automatic check is due. A clock that was set back makes a check due. */
function isCheckDue({ triedAt, checkedAt }: UpdateState, now: Date): boolean {
  const isOlder = (at: string | null, ms: number): boolean => {
    const age = at === null ? Infinity : now.getTime() - Date.parse(at)
    return !(age >= 0 && age < ms)
  }
  return isOlder(checkedAt, checkEveryMs) && isOlder(triedAt, retryAfterMs)
}

async function readState(path: string): Promise<UpdateState> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return firstState // without a readable state, the program has never checked
  }
}
