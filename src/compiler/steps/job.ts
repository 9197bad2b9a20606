// job → Job.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const jobCompiler = requestOnly<StepOf<'job'>>('Job')
