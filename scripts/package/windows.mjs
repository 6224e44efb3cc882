// Makes the Windows edition: a folder with node.exe and a launcher, as a zip file and as an installer for one user.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.mjs'
import { stageProgram } from './stage.mjs'
import { zipFolder } from './zip.mjs'

const here = import.meta.dirname
const noNsis = 'makensis is not installed (Debian: apt-get install nsis)'

/** The content of `bantin.cmd`, which runs the command line in a console. */
const commandScript = '@"%~dp0node.exe" "%~dp0out\\main\\cli.js" %*\r\n'
/** The script that replaces the launcher if makensis is missing. The script starts the program without a console. */
const fallbackScript = `' Starts Ban Tin without a console.\r
Set files = CreateObject("Scripting.FileSystemObject")\r
folder = files.GetParentFolderName(WScript.ScriptFullName)\r
words = ""\r
For Each word In WScript.Arguments\r
  words = words & " """ & word & """"\r
Next\r
CreateObject("WScript.Shell").Run """" & folder & "\\node.exe"" """ & folder & "\\out\\main\\cli.js"" app" & words, 0, False\r
`

/** Copies the Windows edition into `folder`. Returns a note if the launcher could not be compiled, else null. */
export function stageWindows(folder, { node, manifest }) {
  stageProgram(folder, { node, nodeName: 'node.exe', manifest })
  writeFileSync(join(folder, 'bantin.cmd'), commandScript)
  const problem = compile('launcher.nsi', { VERSION: manifest.version, OUTFILE: join(folder, 'Ban Tin.exe') })
  if (problem !== null) writeFileSync(join(folder, 'Ban Tin.vbs'), fallbackScript)
  return problem
}

/** Writes the zip file of a folder with the Windows edition. */
export function makeWindowsZip(folder, target) {
  zipFolder(folder, 'bantin', target)
  return null
}

/**
 * Compiles the installer of a folder with the Windows edition. Returns the reason if this machine cannot compile it,
 * else null.
 */
export function makeInstaller(folder, { manifest, target }) {
  if (!existsSync(join(folder, 'Ban Tin.exe'))) return noNsis
  return compile('installer.nsi', { VERSION: manifest.version, OUTFILE: target, PROGRAM: folder })
}

function compile(script, defines) {
  const icon = join(root, 'resources', 'icon.ico')
  const words = Object.entries({ ...defines, ICON: icon }).map(([name, value]) => `-D${name}=${value}`)
  const run = spawnSync('makensis', ['-V2', '-INPUTCHARSET', 'UTF8', ...words, join(here, script)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: '315532800' },
  })
  if (run.error !== undefined) return noNsis
  return run.status === 0 ? null : `makensis: ${(run.stderr + run.stdout).trim().split('\n').slice(-3).join(' ')}`
}
