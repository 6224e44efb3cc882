import { describe, expect, it } from 'vitest'
import { createResponseGuard } from '../../../../src/renderer/src/lib/response-guard'

describe('isLatest', () => {
  it('is false for a request after a later one has begun', () => {
    const guard = createResponseGuard()
    const [first, second] = [guard.begin(), guard.begin()]
    expect([first.isLatest(), second.isLatest()]).toEqual([false, true])
  })
  it('is false for every request after an invalidation', () => {
    const guard = createResponseGuard()
    const request = guard.begin()
    guard.invalidate()
    expect(request.isLatest()).toBe(false)
  })
  it('of current() is true until a later request has begun', () => {
    const guard = createResponseGuard()
    guard.begin()
    const page = guard.current()
    expect(page.isLatest()).toBe(true)
    guard.begin()
    expect(page.isLatest()).toBe(false)
  })
})

describe('takeReply', () => {
  it('accepts replies that arrive in order, even if later requests have begun', () => {
    const guard = createResponseGuard()
    const requests = [guard.begin(), guard.begin(), guard.begin()]
    expect(requests.map((request) => request.takeReply())).toEqual([true, true, true])
  })
  it('drops a reply that arrives after a later one', () => {
    const guard = createResponseGuard()
    const [first, second] = [guard.begin(), guard.begin()]
    expect([second.takeReply(), first.takeReply()]).toEqual([true, false])
  })
})
