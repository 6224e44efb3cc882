import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../support/paths'

const folder = join(root, '..', 'shared', 'data', 'security')

/** The reason why the collections of hostile texts cannot be used on this machine. Null if they can be used. */
export const noSharedPayloads = existsSync(join(folder, 'xss.json')) ? null : `no ${folder} beside this checkout`

/** Reads a collection of known hostile payloads, which is a JSON list of strings. */
export function sharedPayloads(name: 'xss.json' | 'tracking.json'): string[] {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[]
}

/**
 * Returns the payloads of this file and every `each`th payload of the known collections. BANTIN_PAYLOADS=all takes all
 * payloads (`npm run bench -- hostile`). If a collection is missing, returns only the payloads of this file.
 */
export function payloads(each: number): string[] {
  if (noSharedPayloads !== null) return own
  const step = process.env['BANTIN_PAYLOADS'] === 'all' ? 1 : each
  return [...own, ...sharedPayloads('xss.json').filter((_, at) => at % step === 0)]
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
