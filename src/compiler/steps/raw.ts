// raw → whatever its `definition:` says.

import type {Range} from '../../diagnostics/diagnostic.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {nearestName} from '../../text/nearest-name.ts'
import type {StepCompiler, StepScope} from '../context.ts'

export const rawCompiler: StepCompiler<StepOf<'raw'>> = {
  type: '',
  propertyNames: [],

  compile(step, scope) {
    const type = step.definition?.entries.find(({key}) => key === 'Type')?.value
    if (step.definition && (type?.kind !== 'literal' || typeof type.value !== 'string' || type.value === '')) {
      scope.findings.error('missing-key', step.definition.range, `step "${step.name}" has no Type`, {
        help: "definition: {Type: …, Arguments: {…}}, with SageMaker's name of the step type",
      })
    } else if (type?.kind === 'literal' && typeof type.value === 'string') warnMisspelt(type.value, type.range, scope)
    return {Arguments: {}}
  },

  property: () => 'unknown',

  places: () => [],
}

/** A type that is not known may be new; one that is all but the name of another is not. */
function warnMisspelt(type: string, range: Range, {compilers, findings}: StepScope): void {
  const types = Object.values(compilers).flatMap((compiler) => (compiler.type === '' ? [] : [compiler.type]))
  const nearest = types.includes(type) ? undefined : nearestName(type, types)
  if (nearest === undefined) return
  findings.warning('unknown-step-type', range, `"${type}" is none of the step types that are known`, {
    help: `did you mean "${nearest}"?`,
  })
}
