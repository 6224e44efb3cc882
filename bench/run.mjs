// `npm run bench [-- NAME…]`: measures, prints one table, writes bench/results/latest.json.
//
// A new figure: a file `bench/<name>.bench.mjs` that exports `measure({ skip })` and returns rows
// { name, value, goal, pass, peer?, note? }: value and goal as the reader shall see them, pass true, false or null (no
// goal of its own). Ratios measured side by side or CPU time, medians of five or more; never a bare wall time.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, root } from '../scripts/build-if-stale.mjs'

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`bench: needs the project's Node 24 (npm brings it), got ${process.versions.node}`)
  process.exit(1)
}
buildIfStale()
const wanted = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
if (names.length === 0) {
  console.error(`bench: no figure named ${wanted.join(', ')}`)
  process.exit(2)
}

const rows = []
const skipped = []
for (const name of names) {
  console.error(`bench: ${name} …`)
  const { measure } = await import(`./${name}.bench.mjs`)
  const skip = (reason) => {
    console.error(`bench: ${name} left out: ${reason}`)
    skipped.push({ name, reason })
    return []
  }
  for (const row of await measure({ skip })) rows.push({ bench: name, ...row })
}

const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
console.log(`\n${machine}, ${new Date().toISOString().slice(0, 10)}\n`)
const sign = (pass) => (pass === null ? '' : pass ? 'pass' : 'MISS')
const table = [
  ['what', 'value', 'goal', 'peer', ''],
  ...rows.map(({ name, value, goal, peer, pass }) => [name, value, goal ?? '', peer ?? '', sign(pass)]),
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
for (const { name, reason } of skipped) console.log(`  left out: ${name}: ${reason}`)

mkdirSync(join(root, 'bench', 'results'), { recursive: true })
const file = join(root, 'bench', 'results', wanted.length === 0 ? 'latest.json' : `${names.join('+')}.json`)
writeFileSync(file, `${JSON.stringify({ machine, at: new Date().toISOString(), rows, skipped }, null, 2)}\n`)
process.exitCode = rows.some(({ pass }) => pass === false) ? 1 : 0
