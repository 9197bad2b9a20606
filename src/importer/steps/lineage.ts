// Lineage → lineage.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {liftText, liftTextMap, shortForm} from './job-parts.ts'

export const liftLineage: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  const associations = objectsAt(request, 'Associations').map((each) => liftAssociation(each, context))
  return {
    ...liftEntities('actions', 'Action', request, context),
    ...liftEntities('contexts', 'Context', request, context),
    ...liftEntities('artifacts', 'Artifact', request, context),
    ...(associations.length > 0 ? {associations} : {}),
  }
}

/** None when two have the same name, or one has a name that cannot be a key. */
function liftEntities(key: string, what: string, request: JsonObject, context: LiftContext): SpecMap {
  const entities = new Map<string, SpecValue>()
  for (const entity of objectsAt(request, `${what}s`)) {
    const name = context.value(entity[`${what}Name`] ?? null)
    if (typeof name !== 'string' || entities.has(name)) return {}
    const source = objectAt(entity, 'Source')
    const lifted = {...liftText('uri', source.SourceUri, context), ...liftText('type', source.SourceType, context)}
    entities.set(name, {
      ...liftText('type', entity[`${what}Type`], context),
      ...(Object.keys(lifted).length > 0 ? {source: shortForm(lifted, 'uri')} : {}),
      ...liftTextMap('properties', entity.Properties, context),
    })
  }
  return entities.size > 0 ? {[key]: Object.fromEntries(entities)} : {}
}

function liftAssociation(association: JsonObject, context: LiftContext): SpecMap {
  return {
    ...liftEnd('from', association.Source, context),
    ...liftEnd('to', association.Destination, context),
    ...liftText('type', association.AssociationType, context),
  }
}

function liftEnd(key: string, end: Json | undefined, context: LiftContext): SpecMap {
  if (!isJsonObject(end)) return {}
  const {Arn: arn, Name: name, Type: type} = end
  if (arn !== undefined) return liftText(key, arn, context)
  return typeof type === 'string' && name !== undefined ? {[key]: liftText(type.toLowerCase(), name, context)} : {}
}
