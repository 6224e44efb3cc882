import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import { onTestFinished } from 'vitest'
import type { Addition } from '../../../src/core/library/changes/addition'
import type { Library, LibraryOptions } from '../../../src/core/library/library'
import { openLibrary } from '../../../src/core/library/open-library'
import type { Ports } from '../../../src/core/ports'

/** Creates a new folder for one test. The folder is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-test-'))
  onTestFinished(async () => {
    for (const path of [folder, `${folder}-indexes`, `${folder}-config`])
      await rm(path, { recursive: true, force: true })
  })
  return folder
}

/** Opens the document store of the command line. */
export const openStore: Ports['openStore'] = ({ cwd, name }) => new Conf({ cwd, configName: name })

/** Creates a log that collects its warnings. */
export function createLog(): Ports['log'] & { warnings: string[] } {
  const warnings: string[] = []
  return { warnings, info: () => undefined, warn: (message) => void warnings.push(message) }
}

/** Opens a real library whose clock always shows `now`. Closes the library when the test ends. */
export async function openTestLibrary(
  root: string,
  options: Partial<Pick<LibraryOptions, 'access' | 'recovery' | 'migrations' | 'onNetwork'>> & {
    now?: Date
    log?: Ports['log']
    cache?: string
    config?: string
    extractAgain?: LibraryOptions['extractAgain']
  } = {},
): Promise<Library> {
  const library = await openLibrary({
    ports: {
      root,
      cache: options.cache ?? `${root}-indexes`,
      config: options.config ?? `${root}-config`,
      openStore,
      clock: () => options.now ?? new Date('2026-11-24T03:15:00Z'),
      log: options.log ?? createLog(),
      program: 'test',
    },
    access: options.access ?? 'write',
    recovery: options.recovery ?? 'first',
    onNetwork: options.onNetwork ?? null,
    ...(options.migrations === undefined ? {} : { migrations: options.migrations }),
    extractAgain: options.extractAgain ?? (({ bytes, name }) => Promise.resolve(additionOf({ bytes, name }))),
  })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await library.close()
  }
  onTestFinished(close)
  return { ...library, close }
}

/** Returns an addition for the library. The first line of the bytes is the title, and the rest is the body. */
export function additionOf(given: Partial<Addition> & { title?: string; body?: string } = {}): Addition {
  const bytes =
    given.bytes ?? Buffer.from(`${given.title ?? 'Bắc Kạn đẩy mạnh thi đua'}\n${given.body ?? 'Nội dung./.'}`)
  const [title = '', ...body] = Buffer.from(bytes).toString('utf8').split('\n')
  const bodyText = body.join('\n')
  return {
    bytes,
    name: 'ban-tin.txt',
    address: null,
    source: { id: null, name: null, host: null },
    charset: 'utf-8',
    extractor: { name: 'page-dump', version: 1 },
    text: {
      title,
      summary: null,
      author: null,
      published: { value: '2020-09-08', precision: 'day', asWritten: '08/09/2020', from: 'text' },
      language: 'vi',
      bodyHtml: `<p>${bodyText}</p>`,
      bodyText,
      figures: [],
      attachments: [],
      repairs: [],
    },
    ...Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'title' && key !== 'body')),
  }
}
