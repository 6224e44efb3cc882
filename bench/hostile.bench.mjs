// All known hostile payloads through each layer of the article's frame alone, and through every field on screen with the
// policy off and on: the end-to-end specs, told to take every payload.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../scripts/build-if-stale.mjs'
import { chromiumForTests } from '../scripts/chromium-for-tests.mjs'

const playwright = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')

export function measure({ skip }) {
  if (!existsSync(join(root, '..', 'shared', 'data', 'security', 'xss.json')))
    return skip('no payloads beside this checkout')
  const { stdout } = spawnSync(
    process.execPath,
    [playwright, 'test', 'layers', 'hostile-fields', '--project=serve', '--reporter=json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, BANTIN_PAYLOADS: 'all', CHROME_PATH: chromiumForTests() },
    },
  )
  const specs = JSON.parse(stdout).suites.flatMap(({ specs: own }) => own)
  return specs.map(({ title, ok, tests }) => {
    const [annotation] = tests.flatMap(({ annotations }) => annotations)
    return {
      name: title,
      value: `${ok ? 'holds' : 'BROKEN'}${annotation === undefined ? '' : `, ${annotation.type}: ${annotation.description}`}`,
      goal: '0 executions, 0 requests',
      pass: ok,
    }
  })
}
