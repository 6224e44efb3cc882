import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Compiles disk-faults.c into `folder`. If that is not possible, returns the reason. */
export function compileDiskFaults(folder: string): { library: string } | { reason: string } {
  if (process.platform !== 'linux') return { reason: 'preload libraries are tested on Linux' }
  const library = join(folder, 'disk-faults.so')
  const source = join(import.meta.dirname, 'disk-faults.c')
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'pipe' })
    return { library }
  } catch (thrown) {
    return { reason: `no C compiler (${String(thrown).split('\n')[0]})` }
  }
}

/** The result of one operation under {@link runDiskFaults}. `wrong` is empty if nothing was lost or damaged. */
export interface DiskFaults {
  calls: number
  rounds: number
  codes: Record<string, number>
  wrong: string[]
}

/** Runs an operation again and again, and lets every `step`-th call that changes the disk fail (EIO). */
export async function runDiskFaults(
  script: string,
  library: string,
  folder: string,
  { operation, step, mode = 'honest' }: { operation: string; step: number; mode?: string },
): Promise<DiskFaults> {
  const env = prepare(folder, library)
  const { stdout } = await run(process.execPath, [script, folder, operation, '1', String(step), mode], { env })
  return JSON.parse(stdout) as DiskFaults // written by disk-fault-process.ts
}

/** The result of {@link runPowerCuts}. `wrong` is empty if nothing was lost or damaged. */
export interface PowerCuts {
  calls: number
  cuts: number
  wrong: string[]
}

/** Records the calls of a working process. Then cuts the power after every `step`-th call and opens what is left. */
export async function runPowerCuts(
  scripts: { work: string; replay: string },
  library: string,
  folder: string,
  { count, step, mode = 'honest' }: { count: number; step: number; mode?: string },
): Promise<PowerCuts> {
  const env = { ...prepare(folder, library), BANTIN_FAULT_LOG: join(folder, 'log') }
  await run(process.execPath, [scripts.work, folder, String(count), mode], { env })
  const { stdout } = await run(process.execPath, [scripts.replay, folder, String(step)], { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as PowerCuts // written by power-cut-replay.ts
}

function prepare(folder: string, library: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'control'), Buffer.alloc(12))
  return {
    ...process.env,
    LD_PRELOAD: library,
    BANTIN_FAULT_CONTROL: join(folder, 'control'),
    BANTIN_FAULT_FOLDER: join(folder, 'library'),
  }
}
