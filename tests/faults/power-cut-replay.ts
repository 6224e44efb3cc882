// Replays the calls that disk-faults.c recorded while power-cut-process.ts worked. Cuts the power after some of the
// calls, opens what is left, and compares it with the steps that were acknowledged before the cut. Prints one line of
// JSON with the result.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openFaultLibrary } from './disk-fault-library'
import { readCalls, replay, type Survival } from './power-cut'

const [folder = '', step = '1'] = process.argv.slice(2)
const root = join(folder, 'library')
const acknowledged = `${root}-acknowledged`
const calls = readCalls(readFileSync(join(folder, 'log')))
const stepsOfBulletin = 5

/** The acknowledged state of a bulletin after a number of its steps. A step may also have happened already. */
function isAcceptable(found: { body: string; isStarred: boolean; inTrash: boolean }, steps: number): boolean {
  const { body, isStarred, inTrash } = found
  const isRevised = body.endsWith('đã đổi.')
  if (steps >= 2 && !isStarred) return false
  if (steps >= 3 && !isRevised) return false
  if (steps >= 5 && inTrash) return false
  if (steps === 4 || steps === 3) return true
  return steps >= 5 || !inTrash
}

async function check(target: string, steps: number, survival: Survival): Promise<string[]> {
  const wrong: string[] = []
  const library = await openFaultLibrary(target, `${target}-beside`)
  const found = new Map<string, { body: string; isStarred: boolean; inTrash: boolean }>()
  for (const inTrash of [false, true])
    for (const { id } of (await library.list(inTrash ? { inTrash } : {}, 0, 100)).items) {
      const { title, bodyText, status } = await library.get(id)
      if (found.has(title)) wrong.push(`${title} is stored twice`)
      found.set(title, { body: bodyText, isStarred: status.starred, inTrash })
    }
  for (let at = 0; at * stepsOfBulletin < steps; at++) {
    const one = found.get(`Tin ${at}`)
    const done = Math.min(stepsOfBulletin, steps - at * stepsOfBulletin)
    if (one === undefined) wrong.push(`Tin ${at} is lost`)
    else if (!isAcceptable(one, done)) wrong.push(`Tin ${at} after ${done} steps: ${JSON.stringify(one)}`)
    else if (done === 4 && !one.inTrash && steps === at * stepsOfBulletin + 4) {
      // The next step may have taken it from the trash already.
    }
  }
  for (const { file, problem } of (await library.verify({})).damaged)
    // A move that is half lost leaves a bulletin in both places. Recovery merges them and sets one folder aside.
    if (survival !== 'nothing' || problem !== 'set-aside') wrong.push(`${file} is damaged: ${problem}`)
  await library.close()
  const left = existsSync(join(target, 'tmp')) ? readdirSync(join(target, 'tmp')) : []
  if (left.length > 0) wrong.push(`left over: ${left.join(' ')}`)
  return wrong
}

const wrong: string[] = []
let cuts = 0
for (let count = 1; count <= calls.length; count += Number(step)) {
  const before = calls.slice(0, count)
  const steps = before.filter(({ call, path }) => call === 'create' && path.startsWith(`${acknowledged}/`)).length
  for (const survival of ['nothing', 'names', 'everything'] as const satisfies Survival[]) {
    const target = join(folder, 'cut')
    for (const path of [target, `${target}-beside`]) rmSync(path, { recursive: true, force: true })
    const ofLibrary = before.filter(({ path }) => path === root || path.startsWith(`${root}/`))
    replay(ofLibrary, root, survival, target)
    cuts += 1
    const found = await check(target, steps, survival).catch((thrown: unknown) => [
      `cannot be opened: ${String(thrown)}`,
    ])
    wrong.push(...found.map((each) => `cut after call ${count}, ${survival}, ${steps} steps: ${each}`))
  }
}
console.log(JSON.stringify({ calls: calls.length, cuts, wrong }))
process.exit(0)
