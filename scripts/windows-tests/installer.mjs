// The light installer and the launcher under Wine: install, start, second start with a file, close, uninstall.
import { chromium } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromiumForTests } from '../chromium-for-tests.mjs'
import { report } from './results.mjs'
import { driveOf, runWindows, startWindows } from './wine-system.mjs'

const installed = 'C:\\users\\root\\AppData\\Local\\Programs\\Ban Tin'
/** Where Windows shows the programs and the associated files of a user. */
const traces = ['HKCU\\Software\\Ban Tin', 'HKCU\\Software\\Classes\\.bantin', 'HKCU\\Software\\Classes\\BanTin.Backup']
const uninstallKey = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Ban Tin'

/** Runs the checks. `setup` is the path of the built installer. */
export async function testInstaller(wine, setup) {
  const drive = driveOf(wine)
  const user = join(drive, 'users', 'root')
  const data = join(user, 'AppData', 'Roaming', 'bantin')
  const program = join(user, 'AppData', 'Local', 'Programs', 'Ban Tin')
  const shortcut = join(user, 'AppData', 'Roaming', 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Bản Tin.lnk')
  for (const name of ['window.txt', 'close.txt']) rmSync(join(drive, name), { force: true })
  rmSync(data, { recursive: true, force: true })
  copyFileSync(setup, join(drive, 'setup.exe'))
  const browser = join(drive, 'browser.exe')
  const script = join(import.meta.dirname, 'fake-browser.nsi')
  spawnSync('makensis', ['-V1', `-DOUTFILE=${browser}`, script])
  if (!existsSync(browser)) return report('the stand-in for a browser is compiled', false, { exit: 1 })

  const install = runWindows(wine, 'C:\\setup.exe', ['/S'])
  const parts = ['node.exe', 'Ban Tin.exe', 'uninstall.exe', 'out/main/cli.js']
  report('the installer puts the program into the folder of the user', install.exit === 0 && parts.every(has), install)
  report('the start menu has the program', existsSync(shortcut), install)
  report(
    'the program is known to Windows',
    hasKey(wine, uninstallKey) && traces.every((key) => hasKey(wine, key)),
    install,
  )

  const variables = ['CHROME_PATH=C:\\browser.exe']
  const first = startWindows(wine, `${installed}\\Ban Tin.exe`, [], variables)
  const address = await waitFor(() => readWindows(drive)[0])
  report('the launcher starts the program, which opens a window', address !== undefined, { exit: 0 })
  const page = address === undefined ? null : await openPage(address)
  report('a browser shows the sample bulletin', (await page?.rows()) === 1, { exit: 0, out: await page?.text() })

  writeFileSync(join(drive, 'tin hai.txt'), 'Tin thứ hai\n\nNội dung của bản tin này đủ dài để thành một đoạn văn.\n')
  const second = runWindows(wine, `${installed}\\Ban Tin.exe`, ['C:\\tin hai.txt'], variables)
  report('a second start ends at once', second.exit === 0, second)
  const windows = await waitFor(() => (readWindows(drive).length === 2 ? 2 : undefined))
  report('the second start opens a window of the same program', windows === 2, second)
  report('the second start imports its file', (await page?.waitForRows(2)) === true, second)

  const blocked = runUninstaller(wine)
  report('the uninstaller leaves an open program alone', blocked.exit === 2 && has('node.exe'), blocked)
  await page?.close()
  writeFileSync(join(drive, 'close.txt'), '')
  const end = await Promise.race([first.ended, sleep(60_000, null)])
  report('the program ends with its last window', end?.exit === 0, end ?? { exit: null })
  report('the lock of the library is gone', !existsSync(join(data, 'library', 'library.lock')), { exit: 0 })

  const again = runWindows(wine, 'C:\\setup.exe', ['/S'])
  report('the installer upgrades', again.exit === 0 && has('out/main/cli.js'), again)
  const uninstall = runUninstaller(wine)
  const left = existsSync(program) ? readdirSync(program).filter((name) => name !== 'uninstall.exe') : []
  report('the uninstaller removes the program', uninstall.exit === 0 && left.length === 0, {
    exit: 0,
    out: left.join(),
  })
  const keys = [uninstallKey, ...traces].filter((key) => hasKey(wine, key))
  report('nothing is left in the registry and the start menu', keys.length === 0 && !existsSync(shortcut), {
    exit: 0,
    out: keys.join(),
  })
  report('the library stays', existsSync(join(data, 'library', 'library.json')), uninstall)

  function has(name) {
    return existsSync(join(program, name))
  }
}

/**
 * Runs the uninstaller to its end. Without `_?=`, it would go on in a copy of itself, so nobody could wait for it. NSIS
 * wants this argument last and without quotation marks, so a batch file passes it. The uninstaller itself then stays.
 */
function runUninstaller(wine) {
  const lines = [`@"${installed}\\uninstall.exe" /S _?=${installed}`, '@exit %errorlevel%', '']
  writeFileSync(join(driveOf(wine), 'uninstall.bat'), lines.join('\r\n'))
  return runWindows(wine, 'cmd', ['/c', 'C:\\uninstall.bat'])
}

function hasKey(wine, key) {
  return runWindows(wine, 'reg', ['query', key]).exit === 0
}

/** The addresses of the windows that the program has opened. */
function readWindows(drive) {
  const file = join(drive, 'window.txt')
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/--app=(\S+)/g)].map(([, address]) => address)
}

/** Opens the address that the program has given to its browser. */
async function openPage(address) {
  const browser = await chromium.launch({ executablePath: chromiumForTests(), args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  await page.goto(address)
  const rows = page.locator('.list .row')
  const waitForRows = (count) =>
    rows
      .nth(count - 1)
      .waitFor({ timeout: 60_000 })
      .then(
        () => true,
        () => false,
      )
  return {
    rows: async () => ((await waitForRows(1)) ? rows.count() : 0),
    waitForRows,
    text: () => page.locator('body').innerText(),
    close: () => browser.close(),
  }
}

/** Asks every half second, for at most a minute and a half. */
async function waitFor(ask) {
  for (let tries = 0; tries < 180; tries++) {
    const answer = ask()
    if (answer !== undefined) return answer
    await sleep(500)
  }
  return undefined
}
