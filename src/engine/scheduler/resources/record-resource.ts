// What the steps that make a resource end with: its row, and its tags.

import type {JsonObject} from '../../../definition/json.ts'
import {type ResourceRow, saveResource} from '../../store/resources.ts'
import {putTags} from '../../store/tags.ts'
import {type InstantDeps, type StepEnd, stepTags} from '../instant-parts.ts'

type Resource = Pick<ResourceRow, 'arn' | 'kind' | 'name' | 'createdAtMs' | 'modifiedAtMs'>

/** `tagged` is the step's request, `request` what describing the resource shows of it. */
export function recordResource(
  resource: Resource,
  {tagged, request = tagged, described}: Record<'tagged' | 'described', JsonObject> & {readonly request?: JsonObject},
  {db, executionArn}: InstantDeps,
): Extract<StepEnd, {kind: 'succeeded'}> {
  const {arn, kind} = resource
  const texts = {request: JSON.stringify(request), described: JSON.stringify(described)}
  saveResource(db, {...resource, executionArn, ...texts})
  putTags(db, arn, stepTags(tagged, executionArn))
  return {kind: 'succeeded', metadata: {[kind]: {Arn: arn}}}
}
