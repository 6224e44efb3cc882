// `node scripts/electron-package/run-self-test.mjs PROGRAM`: starts a packed program with `--self-test`. Ends with 0 if
// the program reports that each step has passed, else with 1.
import { spawnSync } from 'node:child_process'

const [program, ...args] = process.argv.slice(2)
if (program === undefined) {
  console.error('self test: name the packed program')
  process.exit(2)
}
const { status, signal, stdout, stderr, error } = spawnSync(program, ['--self-test', ...args], {
  encoding: 'utf8',
  timeout: 240_000,
})
const report = parse(stdout ?? '')
console.log(JSON.stringify(report, null, 2))
if (status !== 0 || report?.ok !== true || report.isPackaged !== true) {
  console.error(stderr ?? '')
  console.error(`self test: FAILED (${error?.message ?? signal ?? status})`)
  process.exit(1)
}
console.log('self test: passed')

/**
 * Returns the value of the first line of an output that is JSON. Returns null if no line is JSON. Chromium may print
 * other lines.
 */
function parse(text) {
  for (const line of text.split('\n').filter((each) => each.startsWith('{')))
    try {
      return JSON.parse(line)
    } catch {
      continue
    }
  return null
}
