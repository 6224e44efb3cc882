import { nodeCrypto } from './node-crypto'

/**
 * The Content-Security-Policies of the program, one for each kind of page (docs/security.md). The head of
 * `src/renderer/article.html` contains a copy of the policy `article`. The functions below create the policies that
 * contain hashes.
 */
export const contentPolicies = {
  /** The policy of the interface. The interface runs only its own scripts. */
  interface:
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  /** The policy of the page that draws the pages of a PDF for the printer. Its script sets the size of the sheet. */
  sheets:
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  /** The frame that shows a bulletin's body. The frame runs no scripts, and only the interface may embed it. */
  article:
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  /** The policy of a printed PDF. It has no `sandbox`, because browsers do not show a sandboxed PDF. */
  pdf: "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
  /**
   * The policy of pictures, attachments, exports and assets. These files are never shown as a page: a page loads them,
   * or the user downloads them.
   */
  data: "default-src 'none'; sandbox; frame-ancestors 'none'",
  /** The policy of answers of the web host that are not pages: results of calls, events and refusals. */
  answer: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  /**
   * The policy of `index.html` in a bulletin's folder, which the user opens from disk. The page contains its pictures
   * and its style, and loads no file. In Chromium, `'self'` would allow every `file:` address, also on another computer.
   */
  storedPage: "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'",
} as const

/**
 * Creates the policy of an edition (the printable page of bulletins). The policy allows only the inline style and the
 * inline script of the edition, by their hashes. The function searches only the head of `html` for them, because the
 * head contains no unescaped text of a bulletin.
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
 * Creates the policy of an exported HTML file, for the `<meta>` element of that file. The policy allows the inline
 * style by its hash, and pictures that are embedded in the file.
 */
export function exportedPagePolicy(style: string): string {
  return `default-src 'none'; img-src data:; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'`
}

/** Returns the hash source (CSP Level 3, section 2.3.1) that allows an inline style or script. */
function hashSource(content: string): string {
  return `'sha256-${nodeCrypto().createHash('sha256').update(content).digest('base64')}'`
}
