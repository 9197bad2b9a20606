// EMR → emr.

import {isJsonObject, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {liftText, liftTexts} from './job-parts.ts'

export const liftEmr: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  const program = objectAt(objectAt(request, 'StepConfig'), 'HadoopJarStep')
  return {
    ...liftCluster(request, context),
    ...liftText('role', request.ExecutionRoleArn, context),
    ...liftText('jar', program.Jar, context),
    ...liftText('mainClass', program.MainClass, context),
    ...liftTexts('args', program.Args, context),
    ...liftProperties(program, context),
  }
}

function liftCluster({ClusterId: id, ClusterConfig: config}: JsonObject, context: LiftContext): SpecMap {
  if (id !== undefined) return liftText('cluster', id, context)
  return isJsonObject(config) ? {cluster: context.value(config)} : {}
}

/** None when a key stands twice. */
function liftProperties(program: JsonObject, context: LiftContext): SpecMap {
  const properties = new Map<string, SpecValue>()
  for (const property of objectsAt(program, 'Properties')) {
    const key = textAt(property, 'Key')
    if (key === undefined || property.Value === undefined || properties.has(key)) return {}
    properties.set(key, context.text(property.Value))
  }
  return properties.size > 0 ? {properties: Object.fromEntries(properties)} : {}
}
