/**
 * Creates an estimator of the remaining time of some work, in seconds. `total` is the number of all items. The
 * estimator divides the time since its creation by the number of finished items. It returns null if no item is
 * finished.
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
