// DescribeTrialComponent and ListTrialComponents. The engine keeps no experiments and no trials.

import type {EntityRow} from '../../store/lineage/entities.ts'
import {
  describeTrialComponent as describeComponent,
  summariseTrialComponent,
} from '../../store/lineage/trial-component.ts'
import type {describeTrialComponentShape, listTrialComponentsShape} from '../../validations/lineage/trial-components.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {milliseconds, replyPage} from '../paging.ts'
import {invalid, ok, type Reply, resourceNotFound} from '../reply.ts'
import {lineageGroupArn} from './entity-words.ts'
import {entityNamed} from './finding.ts'
import {listing} from './look-at-entities.ts'

export function describeTrialComponent(
  input: InputOf<typeof describeTrialComponentShape>,
  {db}: OperationContext,
): Reply {
  const found = entityNamed(db, 'TrialComponent', input.TrialComponentName)
  if (found.kind === 'fault') return found
  return ok({...describeComponent(db, found.row), LineageGroupArn: lineageGroupArn})
}

export function listTrialComponents(input: InputOf<typeof listTrialComponentsShape>, {db}: OperationContext): Reply {
  const {ExperimentName, TrialName, SourceArn} = input
  if ([ExperimentName, TrialName, SourceArn].filter((filter) => filter !== undefined).length > 1) {
    return invalid('Only one of ExperimentName, TrialName and SourceArn can be specified.')
  }
  if (ExperimentName !== undefined) return resourceNotFound(`Experiment '${ExperimentName}' does not exist.`)
  if (TrialName !== undefined) return resourceNotFound(`Trial '${TrialName}' does not exist.`)
  const where = [
    ['sourceUri = ?', SourceArn],
    ['createdAtMs > ?', milliseconds(input.CreatedAfter)],
    ['createdAtMs < ?', milliseconds(input.CreatedBefore)],
  ] as const
  const query = listing('TrialComponent', where, input)
  return replyPage<EntityRow>(db, input, query, 'TrialComponentSummaries', (row) => summariseTrialComponent(db, row))
}
