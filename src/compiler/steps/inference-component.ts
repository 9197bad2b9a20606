// inference-component → InferenceComponent.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const inferenceComponentCompiler = requestOnly<StepOf<'inference-component'>>('InferenceComponent')
