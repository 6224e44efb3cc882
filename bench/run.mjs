// `npm run bench [-- NAME…]`: runs the benchmarks, prints one table and writes bench/results/latest.json.
//
// To add a benchmark, write a file bench/<name>.bench.mjs that exports `measure({ skip })`. The function returns rows {
// name, value, goal, pass, peer?, note? }. `value` and `goal` are the texts of the table. `pass` is true, false, or
// null if there is no goal. Measure CPU time, or the ratio of two runs side by side, and take the median of five runs
// or more. Time on the clock alone depends too much on the machine.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from '../scripts/build-if-stale.mjs'
import { requireNode24, root } from '../scripts/project.mjs'

requireNode24('bench')
buildIfStale()
const givenNames = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''))
  .filter((name) => givenNames.length === 0 || givenNames.includes(name))
if (names.length === 0) {
  console.error(`bench: there is no benchmark ${givenNames.join(', ')}`)
  process.exit(2)
}

const rows = []
const skipped = []
for (const name of names) {
  console.error(`bench: ${name} …`)
  const { measure } = await import(`./${name}.bench.mjs`)
  const skip = (reason) => {
    console.error(`bench: ${name} skipped: ${reason}`)
    skipped.push({ name, reason })
    return []
  }
  for (const row of await measure({ skip })) rows.push({ bench: name, ...row })
}

const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
console.log(`\n${machine}, ${new Date().toISOString().slice(0, 10)}\n`)
const verdictOf = (pass) => (pass === null ? '' : pass ? 'pass' : 'MISS')
const table = [
  ['what', 'value', 'goal', 'peer', ''],
  ...rows.map(({ name, value, goal, peer, pass }) => [name, value, goal ?? '', peer ?? '', verdictOf(pass)]),
]
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
for (const row of table)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
for (const { name, note } of rows) if (note !== undefined) console.log(`  ${name}: ${note}`)
for (const { name, reason } of skipped) console.log(`  skipped: ${name}: ${reason}`)

mkdirSync(join(root, 'bench', 'results'), { recursive: true })
const file = join(root, 'bench', 'results', givenNames.length === 0 ? 'latest.json' : `${names.join('+')}.json`)
writeFileSync(file, `${JSON.stringify({ machine, at: new Date().toISOString(), rows, skipped }, null, 2)}\n`)
process.exitCode = rows.some(({ pass }) => pass === false) ? 1 : 0
