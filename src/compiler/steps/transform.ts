// transform → Transform.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const transformCompiler = requestOnly<StepOf<'transform'>>('Transform')
