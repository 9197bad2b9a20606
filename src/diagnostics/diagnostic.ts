// What can be wrong with a spec, as data. Many are found in one pass; none is ever thrown.

/** Offsets into the text of the spec, in UTF-16 units; `end` is not included. */
export type Range = {readonly start: number; readonly end: number}

/** The text that ranges point into. `path` is what the user is shown. */
export type Source = {readonly path: string; readonly text: string}

export type Severity = 'error' | 'warning'

/** Every code there is. Each has at least one case in test/fixtures/specs/err or warn. */
export const diagnosticCodes = [
  'yaml-syntax',
  'empty-spec',
  'not-a-mapping',
  'duplicate-key',
  'unquoted-reference',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'exclusive-keys',
  'invalid-name',
  'unknown-step-type',
  'no-steps',
  'invalid-duration',
  'months-for-minutes',
  'out-of-range',
  'not-in-enum',
  'parameter-type',
  'invalid-reference',
  'unknown-parameter-reference',
  'unknown-step-reference',
  'unknown-output-reference',
  'unknown-report-reference',
  'unsupported-reference',
  'reference-not-allowed',
  'environment-variable-missing',
  'invalid-expression',
  'invalid-gate',
  'champion-without-metric',
  'dependency-cycle',
  'depends-on-fail',
  'branch-conflict',
  'unreachable-step',
  'duplicate-branch',
  'nested-condition',
  'code-missing',
  'data-missing',
  'unreadable-file',
  'unknown-image',
  'missing-role',
  'invalid-role',
  'missing-region',
  'missing-bucket',
  'unknown-target-parameter',
  'name-collision',
  'fixed-output-path',
  'unknown-fingerprint',
  'needless-fingerprint',
  'invalid-schedule',
  'invalid-event-pattern',
  'invalid-resource',
  'trigger-parameter',
  'trigger-loop',
  'cache-expires-first',
  'unseen-data',
  'unknown-member',
  'missing-member',
  'wrong-member-type',
  'unknown-property',
  'plain-secret',
] as const

export type DiagnosticCode = (typeof diagnosticCodes)[number]

export type Diagnostic = {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly range: Range
  readonly related?: readonly {readonly range: Range; readonly message: string}[]
  /** What to do; shown under the marked place. */
  readonly help?: string | undefined
}

/** Takes findings in any order; gives them sorted by place, without repetitions. */
export class DiagnosticCollector {
  private readonly found: Diagnostic[] = []

  error(code: DiagnosticCode, range: Range, message: string, more: Pick<Diagnostic, 'help' | 'related'> = {}): void {
    this.found.push({code, severity: 'error', message, range, ...more})
  }

  warning(code: DiagnosticCode, range: Range, message: string, more: Pick<Diagnostic, 'help' | 'related'> = {}): void {
    this.found.push({code, severity: 'warning', message, range, ...more})
  }

  get errors(): readonly Diagnostic[] {
    return this.found.filter(({severity}) => severity === 'error')
  }

  get hasErrors(): boolean {
    return this.found.some(({severity}) => severity === 'error')
  }

  sorted(): Diagnostic[] {
    const seen = new Set<string>()
    return [...this.found]
      .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.code < b.code ? -1 : 1))
      .filter(({code, range, message}) => {
        const key = `${code} ${range.start} ${message}`
        return !seen.has(key) && seen.add(key)
      })
  }
}
