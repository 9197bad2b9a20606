// lineage → Lineage.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {requestOnly} from './request-only.ts'

export const lineageCompiler = requestOnly<StepOf<'lineage'>>('Lineage')
