import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../support/fixtures'

const file = join(root, '..', 'shared', 'data', 'security', 'xss.json')

/** Why there are no payloads, or null. */
export const noPayloads = existsSync(file) ? null : `no ${file} beside this checkout`

/**
 * Known hostile payloads: every `each`th, or all of them with BANTIN_PAYLOADS=all (`npm run bench -- hostile`); a few
 * of our own where the collection is not there.
 */
export function payloads(each: number): string[] {
  const step = process.env['BANTIN_PAYLOADS'] === 'all' ? 1 : each
  if (noPayloads !== null) return own
  // A list of strings (the README beside it).
  return [...own, ...(JSON.parse(readFileSync(file, 'utf8')) as string[]).filter((_, at) => at % step === 0)]
}

const own = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)></svg>',
  '<a href="javascript:alert(1)">bấm</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<style>@import "https://evil.example/a.css"; body { background: url(https://evil.example/b) }</style>',
  '<img src="https://evil.example/c.png"><link rel=stylesheet href="https://evil.example/d.css">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/"><base href="https://evil.example/">',
  '<form action="https://evil.example/f"><button id=b>gửi</button></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '"><img src=x onerror=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
]
