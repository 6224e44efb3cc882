import { describe, expect, it } from 'vitest'
import { useWheelSteps } from '../../../../src/renderer/src/composables/use-wheel-steps'

/** The steps that come of wheel events, each given as how far it turned, a few ms after the one before. */
function stepsOf(deltas: readonly number[], { mode = 0, everyMs = 16 } = {}): number[] {
  const steps: number[] = []
  const turn = useWheelSteps((direction) => steps.push(direction))
  for (const [at, deltaY] of deltas.entries()) turn({ deltaY, deltaMode: mode, timeStamp: at * everyMs })
  return steps
}

describe('the wheel with Ctrl', () => {
  it.each<[string, number[], number[], object]>([
    ['each notch of a mouse is a step, also of a fast one', [-100, -100, 120], [1, 1, -1], {}],
    ['a browser that counts in lines has the same notches', [-3, 3], [1, -1], { mode: 1 }],
    ['a pinch of many small events is few steps', Array.from({ length: 30 }, () => -4), [1, 1, 1], {}],
    ['a touch that moves hardly at all is none', [-4, -4], [], {}],
    ['turning back begins anew', [-30, 30], [], {}],
    ['small turns with rests between are none', [-15, -15, -15], [], { everyMs: 1000 }],
  ])('%s', (_name, deltas, steps, more) => expect(stepsOf(deltas, more)).toEqual(steps))
})
