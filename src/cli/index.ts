#!/usr/bin/env node
// This file has no static imports, so that an older Node.js prints the sentence below. It could not link imported
// modules and would print a stack trace.
const minNodeVersion = 24

async function start(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < minNodeVersion) {
    // The program needs web APIs of Node.js 24, and node:sqlite with full-text search.
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

// If `start` fails, Node.js prints the stack trace of the unhandled rejection and ends the process with the code 1.
void start()
