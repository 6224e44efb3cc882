/** One request among requests of the same kind. */
export interface GuardedRequest {
  /** Whether no later request has begun. For questions that change: only the reply to the last one counts. */
  isLatest(): boolean
  /**
   * Takes the reply, unless a later request was answered before. For one question that is asked again and again: if
   * only the last reply counted, requests that come faster than replies would never show anything.
   */
  takeReply(): boolean
}

/** Numbers requests of one kind, so that a stale reply can be dropped. */
export interface ResponseGuard {
  begin(): GuardedRequest
  /** The request that began last, to bind another call to it: one more page of the same list. */
  current(): GuardedRequest
  /** Makes every request that has begun stale. */
  invalidate(): void
}

/** Creates a guard for requests of one kind. */
export function createResponseGuard(): ResponseGuard {
  let lastBegun = 0
  let lastTaken = 0
  function current(): GuardedRequest {
    const own = lastBegun
    return {
      isLatest: () => own === lastBegun,
      takeReply() {
        if (own < lastTaken) return false
        lastTaken = own
        return true
      },
    }
  }
  return {
    begin() {
      lastBegun += 1
      return current()
    },
    current,
    invalidate: () => void (lastBegun += 1),
  }
}
