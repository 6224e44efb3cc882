// Makes node_modules match package-lock.json. npm runs this file before each script of package.json (`pre…`). This file
// needs only Node 20 and no dependencies. The script that follows runs on the Node 24 that node_modules contains.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'node_modules', '.bantin-installed')
const lock = join(root, '.bantin-install.lock')
/** Age in ms of a lock after which it is ignored, because its installer was probably killed. */
const maxLockAgeMs = 10 * 60_000

const expectedHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')
const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === expectedHash

if (!isInstalled()) {
  takeLock()
  try {
    if (!isInstalled()) install()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** Waits until no other installer runs. The lock is a folder, because `mkdir` succeeds for exactly one process. */
function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (thrown) {
      if (thrown.code !== 'EEXIST') throw thrown
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > maxLockAgeMs) rmSync(lock, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}

function install() {
  console.error('bantin: cài các gói cần thiết, installing packages (npm ci) …')
  const npm = process.env.npm_execpath
  const node = process.env.npm_node_execpath ?? process.execPath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  // The options send npm's output to stderr, because stdout belongs to the script that runs next.
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const done =
    npm === undefined ? spawnSync('npm', args, { ...options, shell: true }) : spawnSync(node, [npm, ...args], options)
  if (done.status !== 0) fail('npm ci failed; its reason is above')
  const bundled = spawnSync(
    join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'),
    ['--version'],
    {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  )
  if (!/^v(2[4-9]|[3-9]\d)\./.test(bundled.stdout ?? ''))
    fail(
      'Node 24 was not installed with the packages. Was npm told to ignore scripts (ignore-scripts)? Allow them and run again.',
    )
  writeFileSync(stamp, expectedHash)
}

function fail(reason) {
  console.error(`bantin: ${reason}`)
  rmSync(lock, { recursive: true, force: true })
  process.exit(1)
}
