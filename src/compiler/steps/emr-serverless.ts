// emr-serverless → EMRServerless.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const emrServerlessCompiler = requestOnly<StepOf<'emr-serverless'>>('EMRServerless')
