// Functions that read the JSON reports of vitest and Playwright.

/** Returns the numbers of passed, failed and skipped tests in both reports. Null stands for a missing report. */
export function countTests(unit, e2e) {
  const stats = e2e?.stats
  return {
    passed: (unit?.numPassedTests ?? 0) + (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (unit?.numFailedTests ?? 0) + (stats?.unexpected ?? 0),
    skipped: (unit?.numPendingTests ?? 0) + (stats?.skipped ?? 0),
  }
}

/**
 * Returns the slowest tests of a vitest report, the slowest first, each with its time in ms. Null stands for a missing
 * report.
 */
export function slowestUnitTests(report, count) {
  const tests = (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({ file: name, name: fullName, ms: duration ?? 0 })),
  )
  return slowest(tests, count)
}

/**
 * Returns the slowest specs of a Playwright report, the slowest first, each with its time in ms. Null stands for a
 * missing report.
 */
export function slowestSpecs(report, count) {
  return slowest((report?.suites ?? []).flatMap(specsOf), count)
}

function specsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ projectName, results }) => ({
      file,
      name: `${title} (${projectName})`,
      // The times of all attempts are added up, because a retry takes time too.
      ms: results.reduce((sum, { duration }) => sum + duration, 0),
    })),
  )
  return [...own, ...suites.flatMap(specsOf)]
}

function slowest(tests, count) {
  return tests.toSorted((a, b) => b.ms - a.ms).slice(0, count)
}
