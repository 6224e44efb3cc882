/** One request among requests of the same kind. */
export interface GuardedRequest {
  /**
   * Tells whether this request is still the last one. Use this check for requests with different inputs, because only
   * the reply to the last such request counts.
   */
  isLatest(): boolean
  /**
   * Accepts the reply and returns true, unless the reply to a later request was already accepted. Use this check for
   * repeated requests with the same input. If only the reply to the last request counted, frequent requests would never
   * show anything.
   */
  takeReply(): boolean
}

/** Numbers requests of one kind, so that a stale reply can be dropped. */
export interface ResponseGuard {
  begin(): GuardedRequest
  /**
   * Returns the request that began last. A further call, for example for the next page of a list, can belong to that
   * request.
   */
  current(): GuardedRequest
  /** Makes the replies to all requests so far stale. */
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
