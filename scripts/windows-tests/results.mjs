// Prints and counts the results of the checks under Wine.
let passed = 0
let failed = 0

/** Reports one check. `run` is printed if the check failed. */
export function report(name, isRight, { exit, out = '', err = '' }) {
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}`)
  if (isRight) passed += 1
  else {
    failed += 1
    console.log(`     exit ${exit}: ${out.slice(-900)} ${err.slice(-900)}`)
  }
}

/** Adds the counts of another test runner. */
export function addCounts(counts) {
  passed += counts.passed
  failed += counts.failed
}

/** The counts of all checks so far. */
export function countResults() {
  return { passed, failed }
}
