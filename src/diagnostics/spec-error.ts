// The spec has errors: the one MlpipeError that carries diagnostics.

import type {Diagnostic, Source} from './diagnostic.ts'
import {MlpipeError} from './mlpipe-error.ts'

export class SpecError extends MlpipeError {
  readonly source: Source
  readonly diagnostics: readonly Diagnostic[]

  constructor(source: Source, diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({severity}) => severity === 'error').length
    super({
      code: 'spec-invalid',
      message: `${source.path} has ${errors} ${errors === 1 ? 'error' : 'errors'}`,
      exit: 65,
    })
    this.source = source
    this.diagnostics = diagnostics
  }
}
