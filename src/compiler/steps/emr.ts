// emr → EMR.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const emrCompiler = requestOnly<StepOf<'emr'>>('EMR')
