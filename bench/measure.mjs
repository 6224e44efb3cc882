// Functions that measure times and summarize the results.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Returns the median. If there are two middle values, returns the larger value. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** Returns the value at the position `share` (from 0 to 1) of the sorted values, such as 0.95 for the 95th percentile. */
export function percentile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
}

/**
 * Returns the CPU time in ms of all child processes that have ended. Works only on Linux (proc(5): cutime and cstime,
 * in ticks of 10 ms).
 */
export function childrenCpuMs() {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

/**
 * Returns the CPU time of one run of a command, in ms. The result is an average of `runs` runs, because the system
 * counts in ticks of 10 ms.
 */
export function commandCpuMs(command, args, { runs = 20, env = process.env } = {}) {
  const before = childrenCpuMs()
  for (let run = 0; run < runs; run++) {
    const { status, stderr } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  }
  return (childrenCpuMs() - before) / runs
}

/** Returns the CPU time that this process spends in `work`, in ms. */
export async function cpuMsOf(work) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Returns the exponent with which a time grows between two sizes. An exponent of 1 means linear growth. */
export function exponent([smallSize, small], [largeSize, large]) {
  return Math.log(large / small) / Math.log(largeSize / smallSize)
}

/** Formats a time: "12.3 ms", "0.240 ms". */
export function ms(value) {
  return `${value < 1 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : Math.round(value)} ms`
}

/** Formats a ratio: "1.23×". */
export function times(value) {
  return `${value.toFixed(2)}×`
}
