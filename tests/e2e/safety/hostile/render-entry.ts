import type { Bulletin } from '../../../../src/shared/bulletin'
import { renderArticle } from '../../../../src/renderer/src/lib/article/render-article'

/** Renders a bulletin into a document with the code of the interface. Every text of the bulletin is `html`. */
function renderInto(target: Document, html: string): void {
  const bulletin = {
    id: '0123456789abcdef',
    title: html,
    summary: html,
    author: `${html} - ${html}, ${html}`,
    source: { id: null, name: html, host: null },
    url: html,
    bodyHtml: html,
    figures: [],
    pictures: [],
    goneSince: null,
    attachments: [{ file: `${'0'.repeat(32)}.pdf`, name: html, type: 'application/pdf', bytes: 1 }],
    repairs: [],
    missing: [],
    currentRevision: 1,
    captures: [],
    revision: { number: 1, cause: 'first-capture', capturedAt: '2026-01-01T00:00:00Z', digest: '' },
  } as unknown as Bulletin // safe cast: the object has all fields that renderArticle reads
  target.body.append(
    renderArticle(target, bulletin, {
      say: (key) => key,
      language: 'vi',
      canChange: true,
      canShowCapture: true,
      revisions: [],
    }),
  )
}

Object.assign(window, { renderInto })
