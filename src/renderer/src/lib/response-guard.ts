/** One request among requests of the same kind. */
export interface GuardedRequest {
  /** Whether no later request has begun. For requests with different inputs, where only the last reply counts. */
  isLatest(): boolean
  /**
   * Accepts the reply and returns true, unless the reply to a later request was already accepted. For repeated requests
   * with the same input. If only the last reply counted, frequent requests would never show anything.
   */
  takeReply(): boolean
}

/** Numbers requests of one kind, so that a stale reply can be dropped. */
export interface ResponseGuard {
  begin(): GuardedRequest
  /** The request that began last. A further call, such as for the next page of a list, can belong to it. */
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
