import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { extracted, paragraphsOf } from '../../../support/extract'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

/** The expected parts of a saved page. A person wrote this annotation by hand. */
interface Truth {
  title: string
  date: string | null
  author: string | null
  sapo: string | null
  body_text: string[]
}

const folder = shared('data/extraction/vi-dev')
const pages = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'truth.json')))
  : []
const plain = (text: string | null): string => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
const plainWords = (texts: readonly string[]): string => plain(texts.join(' ')).replace(/[^\p{L}\p{N}]+/gu, ' ')

it.skipIf(pages.length === 0)(
  `extraction of saved pages matches their annotations (skipped if ${sharedIsAbsent})`,
  () => {
    const read = pages.map((name) => {
      const address = /^url: (http\S+)/m.exec(readFileSync(join(folder, name, 'origin.txt'), 'utf8'))?.[1] ?? null
      const bulletin = extracted(readFileSync(join(folder, name, 'page.html'), 'utf8'), address)
      const { title, summary, author, published } = bulletin.text
      return {
        name,
        title: plain(title),
        date: published.value === null ? null : Date.parse(published.value),
        summary: plain(summary),
        author: plain(author),
        body: plainWords(paragraphsOf(bulletin)),
      }
    })
    const annotated = pages.map((name) => {
      // The annotation files have this shape.
      const truth = JSON.parse(readFileSync(join(folder, name, 'truth.json'), 'utf8')) as Truth
      return {
        name,
        title: plain(truth.title),
        date: truth.date === null ? null : Math.floor(Date.parse(truth.date) / 60_000) * 60_000,
        summary: plain(truth.sapo),
        author: plain(truth.author),
        body: plainWords(truth.body_text),
      }
    })
    expect(read).toEqual(annotated)
  },
)
