// An EndpointConfig step. What CreateEndpointConfig refuses is refused, such as a name that is taken.

import type {JsonObject} from '../../../definition/json.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {makeEndpointConfig} from '../../serving/make-endpoint-config.ts'
import {createEndpointConfigShape} from '../../validations/serving/endpoints.ts'
import {checkRequest} from '../../validations/shape.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd, stepTags} from '../instant-parts.ts'
import {nameOrMade, refused} from './made-name.ts'

const operation = 'CreateEndpointConfig'

export function runEndpointConfig(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const EndpointConfigName = nameOrMade(resolved.request, 'EndpointConfigName', step.Name, executionArn)
  const request: JsonObject = {...resolved.request, EndpointConfigName}
  const checked = checkRequest(request, createEndpointConfigShape)
  if (checked.kind === 'fault') return failed(refused(operation, checked.fault.message))

  const maker = {executionArn, tags: stepTags(request, executionArn), nowMs: deps.now()}
  const made = makeEndpointConfig(db, checked.input, maker)
  if (made.kind === 'refused') return failed(refused(operation, made.why))
  return {kind: 'succeeded', metadata: {EndpointConfig: {Arn: made.arn}}}
}
