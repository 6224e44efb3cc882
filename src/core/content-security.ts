import { nodeCrypto } from './node-crypto'

/**
 * The Content-Security-Policies of the program, by kind of page (docs/security.md). The two functions below create the
 * policies that contain hashes. The head of `src/renderer/article.html` repeats the policy `article`.
 */
export const contentPolicies = {
  /** The interface: it runs its own scripts and nothing else. */
  interface:
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  /** The frame that shows a bulletin's body: it runs no scripts, and only the interface may embed it. */
  article:
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  /** A printed PDF. It has no sandbox, because browsers do not show a sandboxed PDF. */
  pdf: "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
  /** Files that are loaded or downloaded, and never shown as a page: pictures, attachments, exports, assets. */
  data: "default-src 'none'; sandbox; frame-ancestors 'none'",
  /** Answers of the web host that are not pages: results of calls, events, refusals. */
  answer: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  /** `index.html` in a bulletin's folder, opened from disk: its own pictures and its own style. */
  storedPage:
    "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'",
} as const

/**
 * The policy of an edition: it allows only the inline style and script with these hashes. Reads only the head of
 * `html`, which holds no unescaped text of a bulletin.
 */
export function editionPolicy(html: string): string {
  const head = html.slice(0, html.indexOf('</head>'))
  const hashes = (tag: string): string =>
    [...head.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))]
      .map(([, content = '']) => ` ${hashSource(content)}`)
      .join('')
  const script = hashes('script')
  return `default-src 'none'; script-src${script === '' ? " 'none'" : script}; style-src 'self'${hashes('style')}; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

/**
 * The policy of an exported HTML file, for its `<meta>`: the inline style by its hash, and pictures in the file itself.
 */
export function exportedPagePolicy(style: string): string {
  return `default-src 'none'; img-src data:; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'`
}

/** A hash source (CSP Level 3, section 2.3.1) of an inline style or script. */
function hashSource(content: string): string {
  return `'sha256-${nodeCrypto().createHash('sha256').update(content).digest('base64')}'`
}
