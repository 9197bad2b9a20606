// The default reporter, and after everything else the one plain line that scripts read: `N passed, N failed`.
import type {SerializedError} from 'vitest'
import {DefaultReporter, type TestModule, type TestRunEndReason} from 'vitest/node'

export default class TotalsReporter extends DefaultReporter {
  override onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    errors: ReadonlyArray<SerializedError>,
    reason: TestRunEndReason,
  ): void {
    super.onTestRunEnd(modules, errors, reason)
    const {passed, failed} = countTests(modules)
    process.stdout.write(`${passed} passed, ${failed + errors.length} failed\n`)
  }
}

/** A file that could not be collected counts as one failure: its tests are not there to be counted. */
function countTests(modules: ReadonlyArray<TestModule>): {passed: number; failed: number} {
  let passed = 0
  let failed = 0
  for (const module of modules) {
    failed += module.errors().length
    for (const test of module.children.allTests()) {
      const state = test.result().state
      if (state === 'passed') passed += 1
      if (state === 'failed') failed += 1
    }
  }
  return {passed, failed}
}
