// Makes a Debian trixie with Wine 10 in a separate folder. The Wine of older Debian releases crashes Node.js.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

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

/** Unmounts the folders that {@link prepareWine} has mounted. */
export function releaseWine(folder) {
  spawnSync('chroot', inside(folder, 'wineserver', ['-k']))
  for (const name of ['dev', 'proc']) spawnSync('umount', [join(folder, name)])
}

/**
 * Runs a Windows program under Wine. Its output goes to files, because Node.js fails under Wine if its standard output
 * is a pipe.
 */
export function runWindows(folder, program, words, variables = []) {
  const script = 'out=$1; shift; cd /prefix/drive_c; exec wine "$@" >"$out/out" 2>"$out/err" </dev/null'
  const outputs = join(folder, 'outputs')
  rmSync(outputs, { recursive: true, force: true })
  mkdirSync(outputs)
  const args = ['-c', script, 'sh', '/outputs', program, ...words]
  const { status } = spawnSync('chroot', inside(folder, 'sh', args, variables))
  return {
    exit: status,
    out: readFileSync(join(outputs, 'out'), 'utf8'),
    err: readFileSync(join(outputs, 'err'), 'utf8'),
  }
}

function inside(folder, command, words, variables = []) {
  return [folder, 'env', '-i', ...environment, ...wineEnvironment, ...variables, command, ...words]
}

function must(command, words) {
  const { status, error } = spawnSync(command, words, { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${command} ${words[0]}: ${error?.message ?? `ended with ${status}`}`)
}
