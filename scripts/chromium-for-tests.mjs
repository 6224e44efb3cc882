// Finds a Chromium for the tests. On a system without Chromium, root on Debian gets one installed, and other users get a
// message with the name of the package to install.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from '../src/cli/chromium/find-chromium.ts'

const packages = ['chromium', 'poppler-utils']
const shellPackage = 'chromium-headless-shell'
const shellPath = '/usr/bin/chromium-headless-shell'

/** Returns the path of a Chromium. If there is no Chromium, ends the process with a message. */
export function chromiumForTests() {
  const hasPdfTools = process.platform === 'win32' || spawnSync('pdftotext', ['-v']).error === undefined
  const present = findChromium(process.env, process.platform).path
  if (present !== null && hasPdfTools) return present
  if (isRootOnDebian()) install(packages)
  const { path, tried } = findChromium(process.env, process.platform)
  if (path !== null) return path
  console.error(
    `test: the end-to-end tests need a Chromium. Install Chrome, Edge or Chromium (Debian: apt-get install ${packages.join(' ')}), or set CHROME_PATH. Looked for: ${tried.join(', ')}`,
  )
  process.exit(1)
}

/**
 * Returns the path of the browser that shows the pages under test. The variable BANTIN_TEST_BROWSER chooses the
 * browser. Without that variable, the browser is Debian's headless shell if it is installed, because the shell takes a
 * third less CPU time. Otherwise the browser is `chromium`.
 */
export function browserForTests(chromium) {
  const chosen = process.env.BANTIN_TEST_BROWSER
  if (chosen) return chosen
  if (!existsSync(shellPath) && isRootOnDebian()) install([shellPackage])
  return existsSync(shellPath) ? shellPath : chromium
}

function isRootOnDebian() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

function install(names) {
  console.log(`test: installing ${names.join(' and ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options)
}
