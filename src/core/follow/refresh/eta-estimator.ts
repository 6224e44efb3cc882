/** Estimates how long the rest of some work takes, by how long the finished part took. The time starts now. */
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
