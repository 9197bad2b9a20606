// Definitions as subjects of policies.

import type {AccessSubject} from '../../src/access/subject.ts'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import type {PipelineDefinition, StepDefinition} from '../../src/definition/types.ts'

export const account = '111122223333'
export const role = `arn:aws:iam::${account}:role/Runner`
export const bucket = 'own-bucket'

export function subjectOf(definition: PipelineDefinition, overrides: Partial<AccessSubject> = {}): AccessSubject {
  return {
    account,
    region: 'eu-west-1',
    pipelineName: 'churn',
    definition,
    bucket,
    role,
    modelPackageGroups: [],
    ...overrides,
  }
}

export function definitionOf(steps: readonly StepDefinition[], parameters: PipelineDefinition['Parameters'] = []) {
  return {Version: '2020-12-01', Metadata: {}, Parameters: parameters, Steps: steps}
}

export function step(type: string, args: JsonObject = {}, members: JsonObject = {}): StepDefinition {
  return {Name: `a-${type}`, Type: type, Arguments: args, ...members}
}

/** As the compiler writes it: known at its beginning, and then by the execution. */
export function joined(...values: readonly Json[]): JsonObject {
  return {'Std:Join': {On: '/', Values: values}}
}

export const executionId = {Get: 'Execution.PipelineExecutionId'}
