// Model → model.

import {objectAt, objectsAt} from '../../definition/json-members.ts'
import type {Lift} from '../lift.ts'
import {liftNetwork, liftTags, liftText} from './job-parts.ts'
import {liftContainer, liftContainers} from './serving.ts'
import {requestOf} from './training-parts.ts'

export const liftModel: Lift = (step, context) => {
  const request = requestOf(step)
  const containers = objectsAt(request, 'Containers')
  const {api: _, ...single} = liftContainer(objectAt(request, 'PrimaryContainer'), context)
  return {
    ...(containers.length > 0 ? liftContainers(containers, context) : single),
    ...liftText('role', request.ExecutionRoleArn, context),
    ...liftNetwork(request, context),
    ...liftTags(request.Tags, context),
  }
}
