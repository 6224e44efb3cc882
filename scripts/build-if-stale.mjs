// Builds out/ if the folder is missing or older than its sources.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { packageFile, root } from './project.mjs'

/** The output file that the build writes last. Its modification time is the time of the last build. */
const lastOutput = join(root, 'out', 'renderer', 'article.html')

/** Returns the arguments with which Node runs the project's electron-vite. */
export function electronVite(...args) {
  return [packageFile('electron-vite', 'bin/electron-vite.js'), ...args]
}

/**
 * Builds the program if the build is missing or old. If the build fails, ends the process with the builder's exit code.
 */
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
  if (!existsSync(lastOutput)) return true
  const builtAt = statSync(lastOutput).mtimeMs
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join('src', name))
  const inputs = [...sources, 'package.json', 'package-lock.json', 'electron.vite.config.ts']
  return inputs.some((path) => statSync(join(root, path)).mtimeMs > builtAt)
}
