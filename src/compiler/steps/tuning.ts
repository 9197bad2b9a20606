// tuning → Tuning.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const tuningCompiler = requestOnly<StepOf<'tuning'>>('Tuning')
