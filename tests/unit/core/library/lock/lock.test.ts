import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { takeLock } from '../../../../../src/core/library/lock/lock'
import { temporaryFolder } from '../../../support/library'

it('takeLock succeeds even if the previous holder clears the staging folder at the same moment', async () => {
  const root = await temporaryFolder()
  let isOver = false
  const sweeping = (async (): Promise<void> => {
    while (!isOver) await rm(join(root, 'tmp'), { recursive: true, force: true, maxRetries: 3 })
  })()
  try {
    for (let turn = 0; turn < 100; turn++) {
      const lock = await takeLock(root, { program: 'test', now: new Date() })
      await lock.release({ isClean: true })
    }
  } finally {
    isOver = true
    await sweeping
  }
  // Control: a lock that a process holds is refused with library-locked and not with library-read-only.
  const held = await takeLock(root, { program: 'holder', now: new Date() })
  await expect(takeLock(root, { program: 'test', now: new Date() })).rejects.toMatchObject({ code: 'library-locked' })
  await held.release({ isClean: true })
})
