// endpoint-config → EndpointConfig.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const endpointConfigCompiler = requestOnly<StepOf<'endpoint-config'>>('EndpointConfig')
