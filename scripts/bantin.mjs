// `npm run bantin -- …`: the command line, built first where needed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale, root } from './build-if-stale.mjs'

buildIfStale()
const { status, signal } = spawnSync(
  process.execPath,
  [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1)
