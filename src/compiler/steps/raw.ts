// raw → whatever its `definition:` says.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'

export const rawCompiler: StepCompiler<StepOf<'raw'>> = {
  type: '',
  propertyNames: [],

  compile(step, scope) {
    const type = step.definition?.entries.find(({key}) => key === 'Type')?.value
    if (step.definition && (type?.kind !== 'literal' || typeof type.value !== 'string' || type.value === '')) {
      scope.findings.error('missing-key', step.definition.range, `step "${step.name}" has no Type`, {
        help: "definition: {Type: …, Arguments: {…}}, with SageMaker's name of the step type",
      })
    }
    return {Arguments: {}}
  },

  property: () => 'unknown',

  places: () => [],
}
