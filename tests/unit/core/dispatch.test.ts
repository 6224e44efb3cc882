import { describe, expect, it } from 'vitest'
import { createDispatch } from '../../../src/core/dispatch'
import { methods } from '../../../src/shared/contract/api'
import { isHostMethod, methodRoutes } from '../../../src/shared/contract/method-routes'
import { createLog } from '../support/library'

const backup = { file: 'kho.tar.gz' }
const createCalls = (): { file: string }[] => []

describe('dispatch', () => {
  it('the dispatcher refuses a program-only method if the caller is a page or is unknown', async () => {
    const started = createCalls()
    const dispatch = createDispatch({ startBackupTo: (input) => (started.push(input), { jobId: 'j' }) }, createLog())
    for (const caller of ['page', undefined] as const)
      expect(await dispatch('startBackupTo', backup, caller)).toMatchObject({
        ok: false,
        error: { code: 'unknown-method' },
      })
    expect(started).toEqual([])
  })

  it('control: the dispatcher answers a program that calls the same method', async () => {
    const started = createCalls()
    const dispatch = createDispatch({ startBackupTo: (input) => (started.push(input), { jobId: 'j' }) }, createLog())
    expect(await dispatch('startBackupTo', backup, 'program')).toEqual({ ok: true, value: { jobId: 'j' } })
    expect(started).toEqual([backup])
  })
})

describe('the routes of the methods', () => {
  it('the routes list every method of the contract and no other method', () =>
    expect(Object.keys(methodRoutes).sort()).toEqual(Object.keys(methods).sort()))

  it('the routes refuse a page that calls a method with a path of this machine', () => {
    const takesPath = Object.keys(methods).filter((method) => /Paths$|BackupTo$|RestoreBackup$/.test(method))
    expect(takesPath).toHaveLength(3)
    expect(takesPath.map((method) => methodRoutes[method as keyof typeof methodRoutes].route)).toEqual(
      takesPath.map(() => 'program'),
    )
  })

  it('the routes do not treat inherited names as host methods', () => {
    expect(isHostMethod('toString')).toBe(false)
    expect(isHostMethod('openReader')).toBe(true)
  })
})
