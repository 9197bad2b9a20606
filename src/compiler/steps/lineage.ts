// lineage → Lineage.

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {LineageAssociation, LineageEnd, LineageEntity} from '../../spec/steps/lineage.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {unlessEmpty} from '../parts/job-parts.ts'
import {itemPlaces, memberPlaces, type Place} from '../place.ts'
import {compileText, compileTextMap} from '../values/compile-value.ts'

type LineageSpec = StepOf<'lineage'>

export const lineageCompiler: StepCompiler<LineageSpec> = {
  type: 'Lineage',
  propertyNames: [],

  compile(step, scope) {
    checkSomething(step, scope)
    const entities = (what: 'Action' | 'Context' | 'Artifact', list: readonly LineageEntity[] | undefined) =>
      (list ?? []).map((entity) => compileEntity(what, entity, scope))
    return {
      Arguments: {
        ...unlessEmpty('Actions', entities('Action', step.actions)),
        ...unlessEmpty('Contexts', entities('Context', step.contexts)),
        ...unlessEmpty('Artifacts', entities('Artifact', step.artifacts)),
        ...unlessEmpty(
          'Associations',
          (step.associations ?? []).map((association) => compileAssociation(association, scope)),
        ),
      },
    }
  },

  property: () => 'unknown',

  places: (step) => [
    ...entityPlaces('Actions', step.actions),
    ...entityPlaces('Contexts', step.contexts),
    ...entityPlaces('Artifacts', step.artifacts),
    ...itemPlaces('Associations', step.associations),
  ],
}

function compileEntity(
  what: 'Action' | 'Context' | 'Artifact',
  {name, value}: LineageEntity,
  scope: StepScope,
): JsonObject {
  const {type, source, properties} = value
  return {
    [`${what}Name`]: compileText(name, scope),
    ...(type ? {[`${what}Type`]: compileText(type, scope)} : {}),
    ...(source?.uri
      ? {
          Source: {
            SourceUri: compileText(source.uri, scope),
            ...(source.type ? {SourceType: compileText(source.type, scope)} : {}),
          },
        }
      : {}),
    ...unlessEmpty('Properties', compileTextMap(properties, scope)),
  }
}

function compileAssociation({from, to, type}: LineageAssociation, scope: StepScope): JsonObject {
  return {
    ...(from ? {Source: compileEnd(from, scope)} : {}),
    ...(to ? {Destination: compileEnd(to, scope)} : {}),
    ...(type ? {AssociationType: type.value} : {}),
  }
}

function compileEnd(end: LineageEnd, scope: StepScope): JsonObject {
  if (end.kind === 'arn') return {Arn: compileText(end.arn, scope)}
  return {Name: compileText(end.name, scope), Type: end.kind}
}

function checkSomething(step: LineageSpec, scope: StepScope): void {
  const keys = ['actions', 'contexts', 'artifacts', 'associations', 'api', 'definition']
  if (keys.some((key) => step.keyRanges.has(key))) return
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" writes nothing`, {
    help: 'name actions, contexts, artifacts or associations',
  })
}

function entityPlaces(base: string, entities: readonly LineageEntity[] | undefined): Place[] {
  return (entities ?? []).flatMap(({nameRange, value}, index): Place[] => {
    const path = `${base}[${index}]`
    return [
      [path, nameRange],
      [`${path}.Source.SourceUri`, value.source?.uri?.range],
      [`${path}.Source.SourceType`, value.source?.type?.range],
      ...memberPlaces(`${path}.Properties`, value.properties),
    ]
  })
}
