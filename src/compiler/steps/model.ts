// model → Model (CreateModel's request, less its name).

import type {ModelSpec} from '../../spec/pipeline-spec.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileTags, retryPolicies, roleArn} from '../job-parts.ts'
import {compileNetwork, networkPlaces} from '../network.ts'
import {ownOrDefault} from '../place.ts'
import {servingContainers, servingPlaces} from '../serving-container.ts'

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
        ExecutionRoleArn: roleArn(step.role, step.nameRange, scope),
        ...compileNetwork(step.network, scope),
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra) return 'unknown'
    const first = step.containers ? 'Containers[0]' : 'PrimaryContainer'
    const members: Readonly<Record<string, string>> = {
      name: 'ModelName',
      arn: 'ModelArn',
      model: `${first}.ModelDataUrl`,
      image: `${first}.Image`,
    }
    const member = Object.hasOwn(members, part.name) ? members[part.name] : undefined
    return member ? {json: {Get: `Steps.${step.name}.${member}`}, type: 'String'} : 'unknown'
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
