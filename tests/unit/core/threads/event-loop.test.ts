import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { endLongTurn } from '../../../../src/core/threads/event-loop'

/** Counts how often other work runs during `work`. `clock` is the time that the code under test sees. */
async function countTurns(stepMs: number, rounds: number): Promise<number> {
  let [now, turns] = [performance.now(), 0]
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => clock.mockRestore())
  await endLongTurn()
  for (let round = 0; round < rounds; round++) {
    setImmediate(() => (turns += 1))
    now += stepMs
    await endLongTurn()
  }
  return turns
}

describe('endLongTurn', () => {
  it('endLongTurn lets other work run in every round if a round is long', async () => {
    expect(await countTurns(40, 10)).toBe(10)
  })

  it('endLongTurn does not interrupt short rounds', async () => {
    expect(await countTurns(0.01, 100)).toBe(0)
  })
})
