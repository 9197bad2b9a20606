// Endpoint → endpoint, InferenceComponent → inference-component.

import type {Json} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap} from '../lift.ts'
import {liftTags, liftText} from './job-parts.ts'

export const liftEndpoint: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  return {
    ...liftText('endpoint', request.EndpointName, context),
    ...liftText('config', request.EndpointConfigName, context),
    ...liftTags(request.Tags, context),
  }
}

export const liftInferenceComponent: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  const specification = objectAt(request, 'Specification')
  const needs = objectAt(specification, 'ComputeResourceRequirements')
  const {CopyCount: copies} = objectAt(request, 'RuntimeConfig')
  return {
    ...liftText('component', request.InferenceComponentName, context),
    ...liftText('endpoint', request.EndpointName, context),
    ...(request.VariantName === 'AllTraffic' ? {} : liftText('variant', request.VariantName, context)),
    ...liftText('model', specification.ModelName, context),
    ...liftValue('memory', needs.MinMemoryRequiredInMb, context),
    ...liftValue('cpus', needs.NumberOfCpuCoresRequired, context),
    ...liftValue('accelerators', needs.NumberOfAcceleratorDevicesRequired, context),
    ...(copies === 1 ? {} : liftValue('copies', copies, context)),
    ...liftTags(request.Tags, context),
  }
}

function liftValue(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  return json === undefined ? {} : {[key]: context.value(json)}
}
