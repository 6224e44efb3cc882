/**
 * Estimates the remaining time of some work from the time that its finished part took. The time is measured from this
 * call.
 */
export function createEtaEstimator(total: number): { secondsLeft(done: number): number | null } {
  const startedMs = performance.now()
  return {
    secondsLeft(done) {
      if (done <= 0) return null
      const perItemMs = (performance.now() - startedMs) / done
      return Math.max(0, Math.round((perItemMs * (total - done)) / 1000))
    },
  }
}
