/** How long the rest of some work takes, by how long the done part took since now. */
export function createEtaEstimator(total: number): { secondsLeft(done: number): number | null } {
  const beganMs = performance.now()
  return {
    secondsLeft(done) {
      if (done <= 0) return null
      const perItemMs = (performance.now() - beganMs) / done
      return Math.max(0, Math.round((perItemMs * (total - done)) / 1000))
    },
  }
}
