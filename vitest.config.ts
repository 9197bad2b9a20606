// Unit tests and the built program's own tests in one run: `npm test`.
import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/no-network.ts'],
    reporters: ['./test/support/totals-reporter.ts'],
    // @oclif/test reads stdout itself and finds it empty when vitest has taken the console (oclif test 4.2).
    disableConsoleIntercept: true,
    // Real processes are started by many tests; the machine that runs them may be small and busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    // A golden file is written by `npm run golden` only, never by a test run.
    update: process.argv.includes('--update') ? 'all' : 'none',
    coverage: {provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html']},
    env: {NO_COLOR: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', AWS_EC2_METADATA_DISABLED: 'true'},
  },
})
