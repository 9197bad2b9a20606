// callback → Callback.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const callbackCompiler = requestOnly<StepOf<'callback'>>('Callback')
