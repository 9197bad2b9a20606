// endpoint → Endpoint (CreateEndpoint's request).

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {compileText} from '../compile-value.ts'
import type {StepCompiler} from '../context.ts'
import {checkName, nameMaximum, ownName} from '../endpoint-parts.ts'
import {compileTags, retryPolicies} from '../job-parts.ts'

export const endpointCompiler: StepCompiler<StepOf<'endpoint'>> = {
  type: 'Endpoint',
  propertyNames: ['name', 'arn', 'endpoint'],

  compile(step, scope) {
    checkName(step.endpoint, 'an endpoint', scope)
    checkName(step.config, 'an endpoint configuration', scope)
    return {
      Arguments: {
        EndpointName: step.endpoint ? compileText(step.endpoint, scope) : ownName(scope, nameMaximum),
        EndpointConfigName: step.config ? compileText(step.config, scope) : '',
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra) return 'unknown'
    if (part.name === 'name' || part.name === 'endpoint') {
      return {json: {Get: `Steps.${step.name}.EndpointName`}, type: 'String'}
    }
    if (part.name === 'arn') return {json: {Get: `Steps.${step.name}.EndpointArn`}, type: 'String'}
    return 'unknown'
  },

  places: (step) => [
    ['EndpointName', step.endpoint?.range],
    ['EndpointConfigName', step.config?.range],
    ['Tags', step.keyRanges.get('tags')],
  ],
}
