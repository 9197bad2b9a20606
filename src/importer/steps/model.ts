// Model → model.

import type {Lift} from '../lift.ts'
import {liftNetwork, liftTags, liftText, objectIn, objectsIn} from './job-parts.ts'
import {liftContainer, liftContainers} from './serving.ts'
import {requestOf} from './training-parts.ts'

export const liftModel: Lift = (step, context) => {
  const request = requestOf(step)
  const containers = objectsIn(request, 'Containers')
  const {api: _, ...single} = liftContainer(objectIn(request, 'PrimaryContainer'), context)
  return {
    ...(containers.length > 0 ? liftContainers(containers, context) : single),
    ...liftText('role', request.ExecutionRoleArn, context),
    ...liftNetwork(request, context),
    ...liftTags(request.Tags, context),
  }
}
