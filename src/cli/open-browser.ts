import { spawn } from 'node:child_process'
import { lstat, readdir, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { randomName } from '../core/files'
import { withUserUmask } from '../core/file-access'

/**
 * The time in ms after which the login page is removed, even if no browser has opened it. The code in the page is valid
 * for the same time.
 */
const maxAgeMs = 60_000
const pageName = /^ban-tin-[0-9a-f]{16}\.html$/

/** A file with a page that leads a browser to the program. */
export interface LoginPage {
  /** The address of the page, which becomes an argument of the browser. */
  address: string
  remove(): Promise<void>
}

/**
 * Opens the program in the browser of the user. `login` is an address with a code that is valid once. A missing browser
 * or a full disk is not an error, because the program also prints its address. Returns the function that removes the
 * login page.
 */
export async function openBrowser(login: string): Promise<() => Promise<void>> {
  const page = await createLoginPage(login, process.platform).catch(() => null)
  if (page === null) return () => Promise.resolve()
  startBrowser(page.address)
  setTimeout(() => void page.remove(), maxAgeMs).unref()
  return page.remove
}

/** Opens an address in the browser of the user. A missing browser is not an error. */
function startBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address]
  const child = withUserUmask(() => spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true }))
  child.once('error', () => undefined) // there is no browser, which is not an error here
  child.unref()
}

/**
 * Shows a sentence as a page in the browser of the user. A program without a terminal uses this function to report why
 * it cannot start. A missing browser and a full disk are not errors here.
 */
export async function showSentence(sentence: string, language: string): Promise<void> {
  const escaped = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const page = await writePage(
    `<html lang="${language}"><meta name="viewport" content="width=device-width"><title>Bản Tin</title><h1>Bản Tin</h1><p>${escaped}</p>`,
    pagePlace(process.platform),
  ).catch(() => null)
  if (page !== null) startBrowser(page.address)
}

/**
 * Creates the page that leads a browser to `login`. Other users of a Unix system can read the arguments of the browser,
 * so these contain only the path of a file that nobody else can read. The file is in the home folder, because a browser
 * in a sandbox (snap) cannot read the folder of temporary files. On Windows, other users cannot read the arguments, so
 * no file is needed and the address is used itself.
 */
export async function createLoginPage(
  login: string,
  platform: NodeJS.Platform,
  place: string = pagePlace(platform),
): Promise<LoginPage> {
  if (platform === 'win32') return { address: login, remove: () => Promise.resolve() }
  return writePage(
    `<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${login}"><title>Bản Tin</title>`,
    place,
  )
}

function pagePlace(platform: NodeJS.Platform): string {
  return platform === 'linux' ? homedir() : tmpdir()
}

async function writePage(content: string, place: string): Promise<LoginPage> {
  await removeOldPages(place)
  const path = join(place, `ban-tin-${randomName()}.html`)
  await writeFile(path, `<!doctype html><meta charset="utf-8">${content}\n`, { flag: 'wx', mode: 0o600 })
  return { address: pathToFileURL(path).href, remove: () => rm(path, { force: true }).catch(() => undefined) }
}

/** Removes the pages that a killed program has left behind. The codes in these pages are no longer valid. */
async function removeOldPages(place: string): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    if (!pageName.test(name)) continue
    const file = await lstat(join(place, name)).catch(() => null)
    const isOurs = file?.isFile() === true && file.uid === process.getuid?.()
    if (isOurs && file.mtimeMs < Date.now() - maxAgeMs) await rm(join(place, name), { force: true })
  }
}
