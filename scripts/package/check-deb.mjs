// `node scripts/package/check-deb.mjs`: tests the .deb. Installs it with dpkg into a separate folder, runs the program
// from there, and uses the served page with a browser. Then removes the package and looks for files that are left.
import { chromium } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromiumForTests } from '../chromium-for-tests.mjs'
import { root } from '../project.mjs'

const made = join(root, 'dist', 'portable')
const deb = existsSync(made) ? readdirSync(made).find((name) => name.endsWith('.deb')) : undefined
if (deb === undefined) fail('no .deb in dist/portable: run `npm run package` first')
if (process.getuid?.() !== 0) fail('dpkg needs root to install into another root folder')

const system = mkdtempSync(join(tmpdir(), 'bantin-deb-'))
const user = mkdtempSync(join(tmpdir(), 'bantin-deb-user-'))
try {
  mkdirSync(join(system, 'var/lib/dpkg/info'), { recursive: true })
  mkdirSync(join(system, 'var/lib/dpkg/updates'), { recursive: true })
  for (const name of ['status', 'available']) writeFileSync(join(system, 'var/lib/dpkg', name), '')
  const before = listFiles()
  dpkg('--install', join(made, deb))
  console.log(`installed: ${listFiles().length - before.length} files and folders`)
  checkCommand(/^bantin \d/, '--version')
  checkCommand(/Đã nhập 1 /, 'import', join(system, 'usr/lib/bantin/resources/sample/bulletin-2020-09-08.txt'))
  checkCommand(/Bắc Kạn/, 'search', 'bac kan')
  await checkServed()
  dpkg('--purge', 'bantin')
  const left = listFiles().filter((path) => !before.includes(path))
  if (left.length > 0) fail(`left after the removal: ${left.join(', ')}`)
  console.log('removed: nothing is left')
} finally {
  for (const folder of [system, user]) rmSync(folder, { recursive: true, force: true })
}

/**
 * Runs dpkg on the separate folder. The dependencies are not checked, because no other package is installed in that
 * folder.
 */
function dpkg(...words) {
  const flags = [`--root=${system}`, '--force-depends', '--force-not-root', '--log=/dev/null']
  const run = spawnSync('dpkg', [...flags, ...words], { encoding: 'utf8' })
  if (run.status !== 0) fail(`dpkg ${words[0]}: ${run.stderr}`)
}

/** Lists the files of the separate folder, without the files in which dpkg keeps its state. */
function listFiles() {
  return readdirSync(system, { recursive: true }).filter((path) => !path.startsWith('var/lib/dpkg'))
}

function program(...words) {
  return [join(system, 'usr/lib/bantin/node'), [join(system, 'usr/lib/bantin/out/main/cli.js'), ...words]]
}

function environment() {
  return { ...process.env, HOME: user, BANTIN_CONFIG: join(user, 'config'), BANTIN_LIBRARY: '' }
}

function checkCommand(expected, ...words) {
  const { stdout, stderr } = spawnSync(...program(...words), { encoding: 'utf8', env: environment() })
  if (!expected.test(stdout)) fail(`bantin ${words[0]}: ${stdout}${stderr}`)
  console.log(`bantin ${words[0]}: ${stdout.trim().split('\n')[0]}`)
}

/** Starts `bantin serve`, opens the sample bulletin in a browser and reads the title on screen. */
async function checkServed() {
  const child = spawn(...program('serve'), { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] })
  const browser = await chromium.launch({ executablePath: chromiumForTests(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const [address] = await Array.fromAsync(firstLine(child.stdout))
    const page = await browser.newPage()
    await page.goto(address)
    await page.getByText('Đẩy mạnh phong trào thi đua yêu nước').first().waitFor()
    console.log(`a browser shows: ${await page.title()}`)
  } finally {
    await browser.close()
    child.kill('SIGTERM')
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()))
  }
}

async function* firstLine(stream) {
  for await (const line of createInterface(stream)) return yield line
}

function fail(sentence) {
  console.error(`check-deb: ${sentence}`)
  process.exit(1)
}
