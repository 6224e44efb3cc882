import { describe, expect, it } from 'vitest'
import { createResponseGuard } from '../../../../src/renderer/src/lib/response-guard'

describe('isLatest', () => {
  it('drops the reply to a request once a later one has begun', () => {
    const guard = createResponseGuard()
    const [first, second] = [guard.begin(), guard.begin()]
    expect([first.isLatest(), second.isLatest()]).toEqual([false, true])
  })
  it('drops every reply after an invalidation', () => {
    const guard = createResponseGuard()
    const request = guard.begin()
    guard.invalidate()
    expect(request.isLatest()).toBe(false)
  })
  it('binds a further call to the current request', () => {
    const guard = createResponseGuard()
    guard.begin()
    const page = guard.current()
    expect(page.isLatest()).toBe(true)
    guard.begin()
    expect(page.isLatest()).toBe(false)
  })
})

describe('takeReply', () => {
  it('takes replies that arrive in order, though later requests have begun', () => {
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
