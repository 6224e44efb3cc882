/** One test with its time. */
export interface TimedTest {
  file: string
  name: string
  ms: number
}
/** The numbers of passed, failed and skipped tests in both reports. Null stands for a missing report. */
export function countTests(unit: unknown, e2e: unknown): { passed: number; failed: number; skipped: number }
/** The slowest tests of a vitest report, slowest first, each with its time in ms. Null stands for a missing report. */
export function slowestUnitTests(report: unknown, count: number): TimedTest[]
/**
 * The slowest specs of a Playwright report, slowest first, each with its time in ms. Null stands for a missing report.
 */
export function slowestSpecs(report: unknown, count: number): TimedTest[]
