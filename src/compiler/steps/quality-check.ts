// quality-check → QualityCheck.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const qualityCheckCompiler = requestOnly<StepOf<'quality-check'>>('QualityCheck')
