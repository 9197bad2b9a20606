// model → Model (CreateModel's request, less its name).

import type {ModelSpec} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'
import {compileTags, retryPolicies, roleArn} from '../job-parts.ts'
import {archiveCode} from '../local-content.ts'
import {entryRange, ownOrDefault} from '../place.ts'
import {servingContainer, servingPlaces} from '../serving-container.ts'

export const modelCompiler: StepCompiler<ModelSpec> = {
  type: 'Model',
  propertyNames: ['name', 'arn'],

  compile(step, scope) {
    const code = step.code && archiveCode(step.code, scope)
    const environment = code ? {SAGEMAKER_PROGRAM: code.entry, SAGEMAKER_SUBMIT_DIRECTORY: code.s3Uri} : {}
    return {
      Arguments: {
        PrimaryContainer: servingContainer(step, environment, scope),
        ExecutionRoleArn: roleArn(step.role, step.nameRange, scope),
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra) return 'unknown'
    if (part.name === 'name') return {json: {Get: `Steps.${step.name}.ModelName`}, type: 'String'}
    if (part.name === 'arn') return {json: {Get: `Steps.${step.name}.ModelArn`}, type: 'String'}
    return 'unknown'
  },

  places: (step, scope) => [
    ...servingPlaces('PrimaryContainer', step, scope),
    ['PrimaryContainer.Environment.SAGEMAKER_PROGRAM', entryRange(step.code)],
    ['PrimaryContainer.Environment.SAGEMAKER_SUBMIT_DIRECTORY', step.code?.path.range],
    ['ExecutionRoleArn', ownOrDefault('role', step, scope)],
  ],
}
