/**
 * Returns the last of `length` indexes for which `isTrue` returns true, or -1 if it returns false for all. The function must return
 * true for all indexes before a certain index, and false for all others. It is called about log2(`length`) times.
 */
export function findLastIndex(length: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [-1, length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isTrue(middle)) low = middle
    else high = middle - 1
  }
  return low
}
