#!/usr/bin/env node
// This file has no static imports. An older Node refuses to link a module whose imports it lacks, and then prints a
// stack trace instead of the sentence below.
const minNodeVersion = 24

async function start(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < minNodeVersion) {
    // The program needs web APIs of Node 24, and also node:sqlite with full-text search.
    process.stderr.write(
      `bantin: cần Node.js ${minNodeVersion} trở lên, đang chạy ${process.versions.node} (needs Node.js ${minNodeVersion} or newer)\n`,
    )
    process.exitCode = 5
    return
  }
  // Node caches the compiled code between runs. Together with bundling, the cache reduces the CPU time of module loading
  // from 260 to 90 ms (measured).
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { runCommandLine } = await import('./run')
  process.exitCode = await runCommandLine(process.argv.slice(2))
}

// An error that nobody catches must still end the process with a stack trace and the code 1.
void start()
