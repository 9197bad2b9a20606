// DescribeEndpoint, DescribeEndpointConfig and DescribeInferenceComponent: one look-up over three kinds of resources.

import {type ResourceType, resourceArn} from '../store/arns.ts'
import {describeResource, findResourceByName, type ResourceKind} from '../store/resources.ts'
import type {
  describeEndpointConfigShape,
  describeEndpointShape,
  describeInferenceComponentShape,
} from '../validations/describe-endpoint.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

/** Whoever asks takes on what nobody loads any more. */
export function describeEndpoint(input: InputOf<typeof describeEndpointShape>, context: OperationContext): Reply {
  context.endpoints.takeOn(resourceArn('endpoint', input.EndpointName))
  return describe('Endpoint', input.EndpointName, context)
}

export function describeEndpointConfig(
  input: InputOf<typeof describeEndpointConfigShape>,
  context: OperationContext,
): Reply {
  return describe('EndpointConfig', input.EndpointConfigName, context)
}

export function describeInferenceComponent(
  input: InputOf<typeof describeInferenceComponentShape>,
  context: OperationContext,
): Reply {
  return describe('InferenceComponent', input.InferenceComponentName, context)
}

const nouns: Readonly<Record<string, readonly [noun: string, type: ResourceType]>> = {
  Endpoint: ['endpoint', 'endpoint'],
  EndpointConfig: ['endpoint configuration', 'endpoint-config'],
  InferenceComponent: ['inference component', 'inference-component'],
}

/** All three answer ValidationException, in the wording that the service uses for models. */
function describe(kind: ResourceKind, name: string, {db}: OperationContext): Reply {
  const row = findResourceByName(db, kind, name)
  if (row) return ok(describeResource(row))
  const [noun, type] = nouns[kind] ?? ['resource', 'endpoint']
  return invalid(`Could not find ${noun} "${resourceArn(type, name)}".`)
}
