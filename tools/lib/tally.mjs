/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 */

/**
 * Counts a run of vitest. A file that could not even be loaded holds no failed test, and a fault outside any test
 * (an unhandled rejection, a crash of vitest) shows only in the exit code: each counts as one failure.
 * @param {VitestReport | undefined} report what the JSON reporter wrote, undefined where it wrote nothing
 * @param {number | null} exitCode
 * @returns {Tally}
 */
export function tallyOf(report, exitCode) {
  const tally = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1
      else if (status === 'failed') tally.failed += 1
      else tally.skipped += 1
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) tally.failed += 1
  }
  if (tally.failed === 0 && (exitCode !== 0 || !report)) tally.failed = 1
  return tally
}

/** @param {Tally[]} tallies @returns {Tally} */
export function addTallies(tallies) {
  return tallies.reduce((sum, tally) => ({
    passed: sum.passed + tally.passed,
    failed: sum.failed + tally.failed,
    skipped: sum.skipped + tally.skipped,
  }))
}
