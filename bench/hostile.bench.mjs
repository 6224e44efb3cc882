// Runs two end-to-end specs with all known hostile texts. One spec sends the texts through each protection alone. The
// other shows the texts in every field on screen, with the content security policy off and on.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageFile, root } from '../scripts/project.mjs'
import { chromiumForTests } from '../scripts/chromium-for-tests.mjs'

export function measure({ skip }) {
  if (!existsSync(join(root, '..', 'shared', 'data', 'security', 'xss.json')))
    return skip('the collections of payloads are not beside this checkout')
  const { stdout } = spawnSync(
    process.execPath,
    [
      packageFile('@playwright/test', 'cli.js'),
      'test',
      'sanitizing-layers',
      'hostile-fields',
      '--project=serve',
      '--reporter=json',
    ],
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
