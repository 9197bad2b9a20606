// Transform → transform.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap} from '../lift.ts'
import {
  liftInstance,
  liftNested,
  liftNumber,
  liftTags,
  liftText,
  liftTextMap,
  liftTimeout,
  liftWord,
  shortForm,
} from './job-parts.ts'
import {requestOf} from './training-parts.ts'

export const liftTransform: Lift = (step, context) => {
  const request = requestOf(step)
  const processing = objectAt(request, 'DataProcessing')
  return {
    ...liftText('model', request.ModelName, context),
    ...liftInput(objectAt(request, 'TransformInput'), context),
    ...liftOutput(objectAt(request, 'TransformOutput'), context),
    ...liftInstance(objectAt(request, 'TransformResources'), context),
    ...liftWord('strategy', request.BatchStrategy),
    ...liftNumber('maxConcurrent', request.MaxConcurrentTransforms, context),
    ...liftNumber('maxPayload', request.MaxPayloadInMB, context),
    ...liftNested('filter', {
      ...liftWord('input', processing.InputFilter),
      ...liftWord('output', processing.OutputFilter),
    }),
    ...liftWord('join', processing.JoinSource),
    ...liftInvocations(objectAt(request, 'ModelClientConfig'), context),
    ...liftTextMap('env', request.Environment, context),
    ...liftTags(request.Tags, context),
  }
}

function liftInput(input: JsonObject, context: LiftContext): SpecMap {
  const {S3Uri: from, S3DataType: type} = objectAt(objectAt(input, 'DataSource'), 'S3DataSource')
  const lifted = {
    ...liftText('from', from, context),
    ...(type === 'S3Prefix' ? {} : liftWord('type', type)),
    ...liftText('contentType', input.ContentType, context),
    ...liftWord('split', input.SplitType),
    ...liftWord('compression', input.CompressionType),
  }
  return from === undefined ? {} : {input: shortForm(lifted, 'from')}
}

function liftOutput(output: JsonObject, context: LiftContext): SpecMap {
  const lifted = {
    ...liftText('to', output.S3OutputPath, context),
    ...liftText('accept', output.Accept, context),
    ...liftWord('assemble', output.AssembleWith),
  }
  return Object.keys(lifted).length > 0 ? {output: shortForm(lifted, 'to')} : {}
}

function liftInvocations(client: JsonObject, context: LiftContext): SpecMap {
  return liftNested('invocations', {
    ...liftTimeout(client.InvocationsTimeoutInSeconds),
    ...liftNumber('retries', client.InvocationsMaxRetries, context),
  })
}
