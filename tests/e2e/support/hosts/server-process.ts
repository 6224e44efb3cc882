import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The command, the data and the options of a server. */
export interface ServerSetup {
  /** The path of the built command line. */
  cli: string
  library: string
  /** The path of the folder of the settings. */
  config: string
  /** The port of the server. With 0, the system chooses a free port. */
  port?: number | string
  /** Further flags of `serve`. */
  flags?: readonly string[]
  /** The flags of Node, which precede the command line. */
  nodeFlags?: readonly string[]
  env?: NodeJS.ProcessEnv
}

/** Starts `bantin serve` and waits until it prints its address. */
export async function startServer(setup: ServerSetup): Promise<{ process: ChildProcess; address: string }> {
  const { cli, library, config, port = 0, flags = [], nodeFlags = [], env = {} } = setup
  const child = spawn(
    process.env['BANTIN_TEST_NODE'] ?? process.execPath,
    [...nodeFlags, cli, 'serve', '--port', String(port), '--library', library, ...flags],
    { env: { ...process.env, BANTIN_CONFIG: config, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  return { process: child, address: await readFirstLine(child) }
}

/** Returns the first line that a process prints. Throws an error if the process ends without printing a line. */
export async function readFirstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output to read')
  const lines = createInterface(child.stdout)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process ended before its first line, with ${String(code)}`)
  })
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  // The rejection is ignored here, because every process ends at some time. It matters only before the first line.
  ended.catch(() => undefined)
  return line
}

/** Ends a process with SIGTERM and waits for its end. Does nothing if the process has ended. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
