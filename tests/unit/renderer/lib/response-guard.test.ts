import { describe, expect, it } from 'vitest'
import { createResponseGuard } from '../../../../src/renderer/src/lib/response-guard'

describe('isLatest', () => {
  it('isLatest returns false for a request if a later request has begun', () => {
    const guard = createResponseGuard()
    const [first, second] = [guard.begin(), guard.begin()]
    expect([first.isLatest(), second.isLatest()]).toEqual([false, true])
  })
  it('isLatest returns false for a request that began before an invalidation', () => {
    const guard = createResponseGuard()
    const request = guard.begin()
    guard.invalidate()
    expect(request.isLatest()).toBe(false)
  })
  it('isLatest returns true for the current request until a later request begins', () => {
    const guard = createResponseGuard()
    guard.begin()
    const page = guard.current()
    expect(page.isLatest()).toBe(true)
    guard.begin()
    expect(page.isLatest()).toBe(false)
  })
})

describe('takeReply', () => {
  it('takeReply accepts replies that arrive in order, even if later requests have begun', () => {
    const guard = createResponseGuard()
    const requests = [guard.begin(), guard.begin(), guard.begin()]
    expect(requests.map((request) => request.takeReply())).toEqual([true, true, true])
  })
  it('takeReply drops a reply that arrives after the reply to a later request', () => {
    const guard = createResponseGuard()
    const [first, second] = [guard.begin(), guard.begin()]
    expect([second.takeReply(), first.takeReply()]).toEqual([true, false])
  })
})
