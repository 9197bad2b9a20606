// lambda → Lambda.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const lambdaCompiler = requestOnly<StepOf<'lambda'>>('Lambda')
