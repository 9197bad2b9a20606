// clarify-check → ClarifyCheck.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const clarifyCheckCompiler = requestOnly<StepOf<'clarify-check'>>('ClarifyCheck')
