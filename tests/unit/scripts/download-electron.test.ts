import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloadElectron } from '../../../scripts/download-electron.mjs'
import { runElectron, startProblem } from '../../../scripts/run-electron.mjs'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-electron-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/**
 * Writes an installer that works like Electron's: it downloads into a temporary folder piece by piece, and unpacks at
 * the end. It waits for a signal file before each piece, so the test decides when bytes arrive.
 */
async function writeInstaller(
  name: string,
  pieces: number,
): Promise<{ path: string; allow(piece: number): Promise<void> }> {
  const signals = join(folder, `${name}-signals`)
  await mkdir(signals)
  const path = join(folder, `${name}.mjs`)
  await writeFile(
    path,
    `import { appendFileSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs'
     import { tmpdir } from 'node:os'
     import { join } from 'node:path'
     const part = join(mkdtempSync(join(tmpdir(), 'electron-download-')), 'electron.zip')
     for (let piece = 0; piece < ${pieces}; piece++) {
       while (!existsSync(join(${JSON.stringify(signals)}, String(piece)))) await new Promise((r) => setTimeout(r, 20))
       appendFileSync(part, Buffer.alloc(100_000))
     }
     mkdirSync(join(process.cwd(), 'dist'), { recursive: true })
     renameSync(part, join(process.cwd(), 'dist', 'electron'))`,
  )
  return { path, allow: (piece) => writeFile(join(signals, String(piece)), '') }
}

async function packageFolder(name: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(path)
  return path
}

describe('downloadElectron', () => {
  it('downloadElectron reports the bytes in the temporary folder of the installer until the installer ends', async () => {
    const installer = await writeInstaller('slow', 3)
    const seen: number[] = []
    await installer.allow(0)
    const result = await downloadElectron(await packageFolder('slow'), {
      installer: installer.path,
      onProgress(bytes) {
        seen.push(bytes)
        void installer.allow(Math.round(bytes / 100_000))
      },
    })
    expect(result).toEqual({ ok: true })
    expect(seen).toEqual(expect.arrayContaining([100_000, 200_000]))
  })

  it('downloadElectron ends an installer that receives no more bytes, and removes its temporary folder', async () => {
    const installer = await writeInstaller('stalled', 2)
    await installer.allow(0)
    const before = await readdir(tmpdir())
    const result = await downloadElectron(await packageFolder('stalled'), { installer: installer.path, stallMs: 1200 })
    expect(result).toEqual({ ok: false, reason: expect.stringContaining('stopped') as string })
    const left = (await readdir(tmpdir())).filter(
      (name) => name.startsWith('bantin-electron-') && !before.includes(name),
    )
    expect(left).toEqual([])
  })

  it('downloadElectron returns the error of an installer that fails', async () => {
    const path = join(folder, 'failing.mjs')
    await writeFile(path, `console.error('Error: getaddrinfo ENOTFOUND example.invalid'); process.exit(1)`)
    const result = await downloadElectron(await packageFolder('failing'), { installer: path })
    expect(result).toEqual({ ok: false, reason: expect.stringContaining('ENOTFOUND') as string })
  })
})

describe.skipIf(process.platform === 'win32')('runElectron', () => {
  /** Writes a program that stands for Electron's executable. */
  async function writeProgram(name: string, script: string): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    return path
  }

  it('runElectron passes its arguments to Electron and returns the exit code', async () => {
    const path = await writeProgram('fine', '[ "$2" = "tin.html" ]')
    expect(await runElectron(path, ['.', 'tin.html'])).toEqual({ code: 0, problem: null })
  })

  it('runElectron explains an abort on Linux that has its cause in the missing sandbox program', async () => {
    const path = await writeProgram(
      'no-sandbox',
      'echo "FATAL: The SUID sandbox helper binary was found, but is not configured correctly" >&2; kill -TRAP $$',
    )
    const { problem } = await runElectron(path, ['.'])
    expect(problem).toContain('chrome-sandbox')
  })

  it('runElectron gives no explanation if the user has stopped Electron', async () => {
    const path = await writeProgram('stopped', 'kill -TERM $$')
    expect(await runElectron(path, ['.'])).toMatchObject({ problem: null })
  })

  it('runElectron reports the name of a missing system library', () => {
    expect(startProblem('electron: error while loading shared libraries: libnss3.so: cannot open')).toContain(
      'libnss3.so',
    )
  })
})
