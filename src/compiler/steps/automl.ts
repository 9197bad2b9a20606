// automl → AutoML.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const automlCompiler = requestOnly<StepOf<'automl'>>('AutoML')
