import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentPolicies, editionPolicy, exportedPagePolicy } from '../../../src/core/content-security'

describe('content security policies', () => {
  it.each(Object.entries(contentPolicies))(
    'a content security policy of the kind "%s" allows nothing by default',
    (_kind, policy) => expect(policy).toMatch(/^default-src 'none';/),
  )

  it('only the policy of the interface and the policy of the page that draws sheets allow scripts', () => {
    const withScripts = Object.entries(contentPolicies).filter(([, policy]) => policy.includes('script-src'))
    expect(withScripts.map(([kind]) => kind)).toEqual(['interface', 'sheets'])
  })

  it('the policy of the article frame is the same in the HTTP header and in the head of the page', () => {
    const html = readFileSync(join(import.meta.dirname, '../../../src/renderer/article.html'), 'utf8')
    // A `<meta>` element can't hold `frame-ancestors` (CSP Level 3, section 3.3).
    const inHeader = contentPolicies.article.replace(/; frame-ancestors .*$/, '')
    expect(/Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1]).toBe(inHeader)
  })

  it('the policy of an edition allows the inline style and script of the edition by their hashes', () => {
    const html = '<head><style>a{}</style><script>b()</script></head><body><script>c()</script></body>'
    const policy = editionPolicy(html)
    // The values are the SHA-256 of "a{}" and "b()", computed with `openssl dgst -sha256 -binary | base64`.
    expect(policy).toContain("style-src 'self' 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='")
    expect(policy).toContain("script-src 'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc=';")
  })

  it('the policy of an edition without a script forbids scripts', () =>
    expect(editionPolicy('<head><style>a{}</style></head>')).toContain("script-src 'none';"))

  it('the policy of an exported page allows the inline style of the page by its hash', () =>
    expect(exportedPagePolicy('a{}')).toBe(
      "default-src 'none'; img-src data:; style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; base-uri 'none'; form-action 'none'",
    ))
})
