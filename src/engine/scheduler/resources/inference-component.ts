// An InferenceComponent step: a model on an endpoint, new or changed. It serves nothing here.

import type {JsonObject} from '../../../definition/json.ts'
import {isJsonObject} from '../../../definition/json.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact, seconds} from '../../store/documents.ts'
import {findResourceByName, saveResource} from '../../store/resources.ts'
import {putTags} from '../../store/tags.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd, stepTags} from '../instant-parts.ts'
import {nameOrMade, refused} from './made-name.ts'

export function runInferenceComponent(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const {request} = resolved
  const name = nameOrMade(request, 'InferenceComponentName', step.Name, executionArn)
  const existing = findResourceByName(db, 'InferenceComponent', name)
  const endpointName = typeof request.EndpointName === 'string' ? request.EndpointName : ''
  const endpoint = findResourceByName(db, 'Endpoint', endpointName)
  if (!endpoint) {
    const why = `Could not find endpoint "${resourceArn('endpoint', endpointName)}".`
    return failed(refused(existing ? 'UpdateInferenceComponent' : 'CreateInferenceComponent', why))
  }
  const now = deps.now()
  const arn = existing?.arn ?? resourceArn('inference-component', name)
  const createdAtMs = existing?.createdAtMs ?? now
  const described = compact({
    InferenceComponentName: name,
    InferenceComponentArn: arn,
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    InferenceComponentStatus: 'InService',
    RuntimeConfig: describeRuntime(request),
    CreationTime: seconds(createdAtMs),
    LastModifiedTime: seconds(now),
  })
  saveResource(db, {
    ...{arn, kind: 'InferenceComponent', name, executionArn, createdAtMs, modifiedAtMs: now},
    request: JSON.stringify(request),
    described: JSON.stringify(described),
  })
  putTags(db, arn, stepTags(request, executionArn))
  return {kind: 'succeeded', metadata: {InferenceComponent: {Arn: arn}}, simulated: notServed}
}

/** In the step's description. */
const notServed = 'recorded, not served: nothing answers at this inference component'

/** InferenceComponentRuntimeConfigSummary. */
function describeRuntime({RuntimeConfig}: JsonObject): JsonObject | undefined {
  if (!isJsonObject(RuntimeConfig)) return undefined
  const {CopyCount: copies} = RuntimeConfig
  return compact({DesiredCopyCount: copies, CurrentCopyCount: copies})
}
