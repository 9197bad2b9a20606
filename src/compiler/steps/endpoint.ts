// endpoint → Endpoint (CreateEndpoint's request).

import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'
import {checkName, nameMaximum, ownName} from '../parts/endpoint-parts.ts'
import {compileTags, retryPolicies} from '../parts/job-parts.ts'
import {compileText} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

export const endpointCompiler: StepCompiler<StepOf<'endpoint'>> = {
  type: 'Endpoint',
  ...shortNames({name: 'EndpointName', arn: 'EndpointArn', endpoint: 'EndpointName'}),

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

  places: (step) => [
    ['EndpointName', step.endpoint?.range],
    ['EndpointConfigName', step.config?.range],
    ['Tags', step.keyRanges.get('tags')],
  ],
}
