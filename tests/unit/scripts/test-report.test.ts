import { describe, expect, it } from 'vitest'
import { countTests, slowestSpecs, slowestUnitTests } from '../../../scripts/test-report.mjs'

const unit = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  testResults: [
    {
      name: '/project/tests/unit/a.test.ts',
      assertionResults: [
        { fullName: 'a is fast', duration: 2 },
        { fullName: 'a is slow', duration: 900 },
        { fullName: 'a is skipped' },
      ],
    },
    { name: '/project/tests/unit/b.test.ts', assertionResults: [{ fullName: 'b is slower', duration: 1500 }] },
  ],
}
const spec = (title: string, ...durations: number[]): object => ({
  file: 'read/a.spec.ts',
  title,
  tests: [{ projectName: 'serve', results: durations.map((duration) => ({ duration })) }],
})
const e2e = {
  stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 1 },
  suites: [{ specs: [spec('one', 100)], suites: [{ specs: [spec('two', 300, 400)], suites: [] }] }],
}

describe('the report of npm test', () => {
  it('the report counts the tests of both reports, and counts a flaky test as passed', () =>
    expect(countTests(unit, e2e)).toEqual({ passed: 8, failed: 2, skipped: 3 }))
  it('the report counts no tests for a step that did not run', () =>
    expect(countTests(null, null)).toEqual({ passed: 0, failed: 0, skipped: 0 }))

  it('the report lists the slowest unit tests first', () => {
    expect(slowestUnitTests(unit, 2)).toEqual([
      { file: '/project/tests/unit/b.test.ts', name: 'b is slower', ms: 1500 },
      { file: '/project/tests/unit/a.test.ts', name: 'a is slow', ms: 900 },
    ])
    expect(slowestUnitTests(unit, 10)).toHaveLength(4)
  })
  it('the report lists the slowest specs first, and adds the time of retries', () =>
    expect(slowestSpecs(e2e, 10)).toEqual([
      { file: 'read/a.spec.ts', name: 'two (serve)', ms: 700 },
      { file: 'read/a.spec.ts', name: 'one (serve)', ms: 100 },
    ]))
  it('the report lists no tests of a missing report', () => {
    expect(slowestUnitTests(null, 10)).toEqual([])
    expect(slowestSpecs(null, 10)).toEqual([])
  })
})
