// Functions that read the JSON reports of vitest and Playwright.

/** Returns the numbers of passed, failed and skipped tests in both reports. A report is null if it is missing. */
export function countTests(unit, e2e) {
  const stats = e2e?.stats
  return {
    passed: (unit?.numPassedTests ?? 0) + (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (unit?.numFailedTests ?? 0) + (stats?.unexpected ?? 0),
    skipped: (unit?.numPendingTests ?? 0) + (stats?.skipped ?? 0),
  }
}

/**
 * Returns the slowest tests of a vitest report, each with its time in ms, the slowest first. The report is null if it is
 * missing.
 */
export function slowestUnitTests(report, count) {
  const tests = (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({ file: name, name: fullName, ms: duration ?? 0 })),
  )
  return slowest(tests, count)
}

/**
 * Returns the slowest specs of a Playwright report, each with its time in ms, the slowest first. The report is null if
 * it is missing.
 */
export function slowestSpecs(report, count) {
  return slowest((report?.suites ?? []).flatMap(specsOf), count)
}

function specsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ projectName, results }) => ({
      file,
      name: `${title} (${projectName})`,
      // The time of a spec is the sum of all attempts, because retries also take time.
      ms: results.reduce((sum, { duration }) => sum + duration, 0),
    })),
  )
  return [...own, ...suites.flatMap(specsOf)]
}

function slowest(tests, count) {
  return tests.toSorted((a, b) => b.ms - a.ms).slice(0, count)
}
