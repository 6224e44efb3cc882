/** Questions in the order they were asked: an answer that comes after that to a later one is no news. */
export function createResponseGuard(): { begin(): () => boolean } {
  let [asked, had] = [0, 0]
  return {
    begin() {
      asked += 1
      const own = asked
      return () => {
        if (own < had) return false
        had = own
        return true
      }
    },
  }
}
