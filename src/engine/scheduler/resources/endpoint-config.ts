// An EndpointConfig step. A name that is taken is refused, as CreateEndpointConfig does.

import type {StepDefinition} from '../../../definition/types.ts'
import {resourceArn} from '../../store/arns.ts'
import {seconds} from '../../store/documents.ts'
import {findResourceByName} from '../../store/resources.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd} from '../instant-parts.ts'
import {nameOrMade, refused} from './made-name.ts'
import {recordResource} from './record-resource.ts'

export function runEndpointConfig(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const {request} = resolved
  const name = nameOrMade(request, 'EndpointConfigName', step.Name, executionArn)
  const arn = resourceArn('endpoint-config', name)
  if (findResourceByName(db, 'EndpointConfig', name)) {
    return failed(refused('CreateEndpointConfig', `Cannot create already existing endpoint configuration "${arn}".`))
  }
  const now = deps.now()
  const described = {EndpointConfigName: name, EndpointConfigArn: arn, CreationTime: seconds(now) ?? 0}
  return recordResource(
    {arn, kind: 'EndpointConfig', name, createdAtMs: now, modifiedAtMs: now},
    {tagged: request, described},
    deps,
  )
}
