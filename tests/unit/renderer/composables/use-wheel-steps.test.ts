import { describe, expect, it } from 'vitest'
import { useWheelSteps } from '../../../../src/renderer/src/composables/use-wheel-steps'

/** Returns the steps that wheel events lead to. Each event comes `everyMs` after the previous event. */
function stepsOf(deltas: readonly number[], { mode = 0, everyMs = 16 } = {}): number[] {
  const steps: number[] = []
  const turn = useWheelSteps((direction) => steps.push(direction))
  for (const [at, deltaY] of deltas.entries()) turn({ deltaY, deltaMode: mode, timeStamp: at * everyMs })
  return steps
}

describe('useWheelSteps', () => {
  it.each<[string, number[], number[], object]>([
    ['counts one step for each notch of a mouse wheel, even of a fast notch', [-100, -100, 120], [1, 1, -1], {}],
    ['counts the same steps in a browser that reports wheel distances in lines', [-3, 3], [1, -1], { mode: 1 }],
    ['counts few steps for the many small events of a pinch', Array.from({ length: 30 }, () => -4), [1, 1, 1], {}],
    ['counts no step for a tiny movement', [-4, -4], [], {}],
    ['counts the distance from zero again when the direction changes', [-30, 30], [], {}],
    ['counts no step for small movements with pauses', [-15, -15, -15], [], { everyMs: 1000 }],
  ])('useWheelSteps %s', (_name, deltas, steps, more) => expect(stepsOf(deltas, more)).toEqual(steps))
})
