/**
 * Creates an estimator of the remaining time of some work. The estimate uses the time that the finished part of the
 * work took, measured from this call.
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
