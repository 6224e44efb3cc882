#!/usr/bin/env node
// Runs Node.js for Windows under Wine with the arguments of this script, as the end-to-end specs run Node.js. Paths of
// this machine become paths of Wine. A running program prints its lines here, although its output goes to a file.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { root } from '../project.mjs'
import { windowsCommand } from './wine-system.mjs'

const wine = process.env.BANTIN_WINE_ROOT
const outputs = mkdtempSync(join(tmpdir(), 'bantin-wine-'))
const names = ['BANTIN_CONFIG', 'BANTIN_LIBRARY'].filter((name) => process.env[name])
const variables = names.map((name) => `${name}=${toWindows(process.env[name])}`)
const words = process.argv.slice(2).map(toWindows)
const place = join('/tmp', basename(outputs))
const child = spawn(...windowsCommand(wine, place, 'C:\\bantin\\node.exe', words, variables), { stdio: 'ignore' })
let printed = 0
const timer = setInterval(printNew, 100)
// A signal kills the program, because Windows has no signals.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill('SIGKILL'))
child.once('exit', (code) => {
  clearInterval(timer)
  printNew()
  rmSync(outputs, { recursive: true, force: true })
  process.exit(code ?? 0)
})

/** A path of the project is on C:, and a path of the temporary folder on Z:. */
function toWindows(word) {
  if (word.startsWith(`${join(root, 'out')}/`)) return `C:\\bantin${word.slice(root.length - 1).replaceAll('/', '\\')}`
  if (word.startsWith(root)) return `C:\\project\\${word.slice(root.length).replaceAll('/', '\\')}`
  return word.startsWith(`${tmpdir()}/`) ? `Z:\\tmp${word.slice(tmpdir().length).replaceAll('/', '\\')}` : word
}

function printNew() {
  const file = join(outputs, 'out')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  process.stdout.write(text.slice(printed))
  printed = text.length
}
