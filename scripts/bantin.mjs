// `npm run bantin -- …`: runs the command line. If the build is missing or old, the script builds the program first.
import { spawnSync } from 'node:child_process'
import { buildIfStale } from './build-if-stale.mjs'
import { cli } from './project.mjs'

buildIfStale()
const { status, signal } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1)
