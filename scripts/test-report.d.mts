/** One test with its time. */
export interface TimedTest {
  file: string
  name: string
  ms: number
}
/** Counts of passed, failed and skipped tests of both reports. A missing report is null. */
export function countTests(unit: unknown, e2e: unknown): { passed: number; failed: number; skipped: number }
/** The slowest tests of a report of vitest, slowest first, each with its time in ms. A missing report is null. */
export function slowestUnitTests(report: unknown, count: number): TimedTest[]
/** The slowest specs of a report of Playwright, slowest first, each with its time in ms. A missing report is null. */
export function slowestSpecs(report: unknown, count: number): TimedTest[]
