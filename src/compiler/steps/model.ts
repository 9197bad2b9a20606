// model → Model (CreateModel's request, less its name).

import type {ModelSpec} from '../../spec/pipeline-spec.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileTags, retryPolicies, roleArn} from '../parts/job-parts.ts'
import {compileNetwork, networkPlaces} from '../parts/network.ts'
import {servingContainers, servingPlaces} from '../parts/serving-container.ts'
import {ownOrDefault} from '../place.ts'
import {shortValue} from '../values/short-names.ts'

export const modelCompiler: StepCompiler<ModelSpec> = {
  type: 'Model',
  propertyNames: ['name', 'arn', 'model', 'image'],

  compile(step, scope) {
    checkSource(step, scope)
    const containers = servingContainers(step, scope)
    const [only] = containers
    return {
      Arguments: {
        ...(step.containers || !only ? {Containers: containers} : {PrimaryContainer: only}),
        ExecutionRoleArn: roleArn(step.role, scope),
        ...compileNetwork(step.network, scope),
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  property(step, path) {
    const first = step.containers ? 'Containers[0]' : 'PrimaryContainer'
    return shortValue(step, path, {
      name: 'ModelName',
      arn: 'ModelArn',
      model: `${first}.ModelDataUrl`,
      image: `${first}.Image`,
    })
  },

  places: (step, scope) => [
    ...servingPlaces('PrimaryContainer', 'Containers', step, scope),
    ['ExecutionRoleArn', ownOrDefault('role', step, scope)],
    ...networkPlaces('', step.network),
    ['Tags', step.keyRanges.get('tags')],
  ],
}

/** An image alone can serve as well: it may bring its model along. */
function checkSource(step: ModelSpec, scope: StepScope): void {
  if (['model', 'image', 'package', 'containers', 'api'].some((key) => step.keyRanges.has(key))) return
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "model"`, {
    help: 'model: the model artifact, such as ${steps.train.model}; or package: or image:',
  })
}
