import { join } from 'node:path'
import type { Addition } from '../../src/core/library/changes/addition'
import type { Library } from '../../src/core/library/library'
import { openLibrary } from '../../src/core/library/open-library'
import { quietPorts } from './quiet-ports'

/** Creates an addition of one paragraph. */
export function additionOf(title: string, bodyText: string, address: string): Addition {
  return {
    bytes: Buffer.from(`${title}\n${bodyText}`),
    name: 'tin.txt',
    address,
    source: { id: null, name: null, host: null },
    charset: 'utf-8',
    extractor: { name: 'page-dump', version: 1 },
    text: {
      title,
      summary: null,
      author: null,
      published: { value: null, precision: 'unknown', asWritten: null, from: null },
      language: 'vi',
      bodyHtml: `<p>${bodyText}</p>`,
      bodyText,
      figures: [],
      attachments: [],
      repairs: [],
    },
  }
}

/** Opens the library in `root` for writing. The config and the index cache are in `folder`. */
export function openFaultLibrary(root: string, folder: string): Promise<Library> {
  const { openStore, clock, log } = quietPorts('faults', { library: root, config: join(folder, 'config') })
  return openLibrary({
    ports: {
      openStore,
      clock,
      log,
      program: 'faults',
      root,
      cache: join(folder, 'cache'),
      config: join(folder, 'config'),
    },
    access: 'write',
    recovery: 'first',
    extractAgain: ({ bytes }) => {
      const [title = '', body = ''] = Buffer.from(bytes).toString('utf8').split('\n')
      const { text, charset, extractor, source } = additionOf(title, body, 'https://a.gov.vn/1')
      return Promise.resolve({ text, charset, extractor, source, address: null, bytes, name: 'tin.txt' })
    },
  })
}
