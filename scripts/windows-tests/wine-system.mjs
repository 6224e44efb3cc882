// Makes a Debian trixie with Wine 10 in a separate folder. The Wine of older Debian releases crashes Node.js.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../project.mjs'

const release = 'trixie'
/** The environment variables of every program in the separate Debian system. */
const environment = ['PATH=/usr/bin:/bin', 'HOME=/root', 'LANG=C.UTF-8', 'DEBIAN_FRONTEND=noninteractive']
const wineEnvironment = ['WINEPREFIX=/prefix', 'WINEDEBUG=-all', 'XDG_RUNTIME_DIR=/run-user']

/** Returns a sentence about what this machine lacks for Wine, or null if it lacks nothing. */
export function findWineProblem(folder) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'needs a 64-bit Linux machine with an x64 processor'
  if (process.getuid?.() !== 0) return 'needs root, to make a Debian system in a folder and to mount /proc into it'
  const isReady = existsSync(join(folder, 'usr/bin/wine-stable'))
  if (!isReady && spawnSync('debootstrap', ['--version']).error)
    return 'needs debootstrap (apt-get install debootstrap)'
  return null
}

/**
 * Makes the separate Debian system with a Windows 10 folder for Wine, if it is missing. The first run downloads about
 * 300 MB from Debian.
 */
export function prepareWine(folder) {
  if (!existsSync(join(folder, 'usr/bin/apt-get'))) must('debootstrap', ['--variant=minbase', release, folder])
  if (!existsSync(join(folder, 'proc/self'))) must('mount', ['-t', 'proc', 'proc', join(folder, 'proc')])
  if (!existsSync(join(folder, 'dev/urandom'))) must('mount', ['--bind', '/dev', join(folder, 'dev')])
  if (!existsSync(join(folder, 'usr/bin/wine-stable'))) {
    cpSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'), { dereference: true })
    must('chroot', inside(folder, 'apt-get', ['install', '-y', '--no-install-recommends', 'wine64', 'wine']))
  }
  if (existsSync(join(folder, 'prefix/system.reg'))) return
  mkdirSync(join(folder, 'prefix'), { recursive: true })
  mkdirSync(join(folder, 'run-user'), { recursive: true, mode: 0o700 })
  must('chroot', inside(folder, 'wineboot', ['-i']))
  must('chroot', inside(folder, 'winecfg', ['-v', 'win10']))
}

/** Returns the folder that is drive C: of the Windows prefix. */
export function driveOf(folder) {
  return join(folder, 'prefix', 'drive_c')
}

/** Shows the project as C:\\project, for reading only, and the temporary folder of this machine as Z:\\tmp. */
export function mountProject(folder) {
  const project = join(driveOf(folder), 'project')
  mkdirSync(project, { recursive: true })
  must('mount', ['--bind', root, project])
  must('mount', ['-o', 'remount,bind,ro', project])
  must('mount', ['--bind', tmpdir(), join(folder, 'tmp')])
}

/** Unmounts the folders that {@link prepareWine} and {@link mountProject} have mounted. */
export function releaseWine(folder) {
  spawnSync('chroot', inside(folder, 'wineserver', ['-k']))
  for (const path of ['prefix/drive_c/project', 'tmp', 'dev', 'proc']) spawnSync('umount', [join(folder, path)])
}

/**
 * Returns the command line that runs a Windows program under Wine. The output goes to the files `out` and `err` in
 * `outputs`, because Node.js fails under Wine if its standard output is a pipe.
 */
export function windowsCommand(folder, outputs, program, words, variables = []) {
  const script = 'out=$1; shift; cd /prefix/drive_c; exec wine "$@" >"$out/out" 2>"$out/err" </dev/null'
  return ['chroot', inside(folder, 'sh', ['-c', script, 'sh', outputs, program, ...words], variables)]
}

/** Runs a Windows program to its end. */
export function runWindows(folder, program, words, variables = []) {
  const outputs = makeOutputs(folder, 'outputs')
  const { status } = spawnSync(...windowsCommand(folder, '/outputs', program, words, variables))
  return { exit: status, ...readOutputs(outputs) }
}

/** Starts a Windows program. The returned `ended` resolves with its exit code and its outputs. */
export function startWindows(folder, program, words, variables = []) {
  const outputs = makeOutputs(folder, 'outputs-started')
  const child = spawn(...windowsCommand(folder, '/outputs-started', program, words, variables), { stdio: 'ignore' })
  const ended = new Promise((resolve) => {
    child.once('exit', (exit) => resolve({ exit, ...readOutputs(outputs) }))
  })
  return { ended }
}

function makeOutputs(folder, name) {
  const outputs = join(folder, name)
  rmSync(outputs, { recursive: true, force: true })
  mkdirSync(outputs)
  return outputs
}

function readOutputs(outputs) {
  return { out: readFileSync(join(outputs, 'out'), 'utf8'), err: readFileSync(join(outputs, 'err'), 'utf8') }
}

function inside(folder, command, words, variables = []) {
  return [folder, 'env', '-i', ...environment, ...wineEnvironment, ...variables, command, ...words]
}

function must(command, words) {
  const { status, error } = spawnSync(command, words, { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${command} ${words[0]}: ${error?.message ?? `ended with ${status}`}`)
}
