// Builds out/ when it is missing or older than what it is built from.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const product = join(root, 'out', 'renderer', 'article.html')

/** The project's electron-vite, as arguments for this Node. */
export function electronVite(...args) {
  const require = createRequire(import.meta.url)
  return [join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js'), ...args]
}

/** Builds when needed; ends the process with the builder's exit code when that fails. */
export function buildIfStale() {
  if (!isStale()) return
  console.error('bantin: dựng chương trình, building …')
  const built = spawnSync(process.execPath, electronVite('build', '--logLevel', 'warn'), {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) process.exit(built.status ?? 1)
}

function isStale() {
  if (!existsSync(product)) return true
  const builtAt = statSync(product).mtimeMs
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name))
  const inputs = [
    ...sources,
    ...['package.json', 'package-lock.json', 'electron.vite.config.ts'].map((name) => join(root, name)),
  ]
  return inputs.some((path) => statSync(path).mtimeMs > builtAt)
}
