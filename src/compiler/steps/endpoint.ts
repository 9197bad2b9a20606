// endpoint → Endpoint.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const endpointCompiler = requestOnly<StepOf<'endpoint'>>('Endpoint')
