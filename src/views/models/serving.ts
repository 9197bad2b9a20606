// `mlpipe models deploy`, `rollback` and `undeploy`: what it came to.

import type {
  DeployModelResult,
  RollbackResult,
  ServingFailure,
  UndeployResult,
} from '../../actions/models/serving/serving-results.ts'
import {logText, oneLine} from '../printable.ts'
import {type Paint, painter, truncate} from '../style.ts'
import {fields} from '../table.ts'
import {duration} from '../time.ts'
import {asItIs, nextLines, type Screen, type View} from '../view.ts'
import {about, foreignText, listed, served, undeployLines, ways} from './serving-proposals.ts'

const intentions: Readonly<Record<DeployModelResult['would'], string>> = {
  create: 'would be created (nothing is: this was a dry run)',
  update: 'would be updated (nothing is: this was a dry run)',
  replace: 'has failed, would be deleted and made anew (nothing is: this was a dry run)',
  wait: 'is on its way there already',
  'change-nothing': 'would stay as it is',
}

export const deployModelView: View<DeployModelResult> = {
  human: (result, screen) => {
    const {endpoint, target, outcome} = result
    if (outcome === 'kept') return `nothing was deployed: endpoint ${endpoint} on ${target} is as it was`
    const paint = painter(screen.colour)
    const state = outcome === 'dry-run' ? intentions[result.would] : deployState(result, paint)
    const lines = fields([['endpoint', `${endpoint} ${state}`], ...about(result)], screen.width)
    const foreign = outcome === 'dry-run' && result.owner === 'other' ? [paint.yellow(foreignText)] : []
    return [...lines, ...foreign, ...afterFailure(result, screen, paint), ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}

function deployState({outcome, status, waitedSeconds}: DeployModelResult, paint: Paint): string {
  const after = waitedSeconds === undefined ? '' : ` after ${duration(waitedSeconds)}`
  switch (outcome) {
    case 'created':
      return `${paint.green('created')}, InService${after}`
    case 'updated':
      return `${paint.green('updated')}, InService${after}`
    case 'unchanged':
      return 'unchanged: it serves this model already'
    default:
      return unfinished(outcome, status, after, paint)
  }
}

function unfinished(outcome: string, status: string | undefined, after: string, paint: Paint): string {
  const now = status === undefined ? '' : `, it is ${status}`
  if (outcome === 'failed') return `${paint.red('failed')}${after}`
  if (outcome === 'started') return 'begun, not waited for'
  if (outcome === 'timed-out') return paint.yellow(`no longer waited for${after}${now}`)
  return paint.yellow(`no longer waited for${now}`)
}

/** What stays when a deploy has failed, and why it did. */
function afterFailure(result: DeployModelResult, screen: Screen, paint: Paint): string[] {
  const {failure, removed, before, would, endpoint} = result
  if (!failure) return []
  const isKept = would === 'update' && before !== undefined
  return [
    ...failureLines(failure, screen, paint),
    ...(isKept ? [`endpoint ${endpoint} goes on with ${served(before)}`] : []),
    ...(removed.length === 0 ? [] : fields([['deleted', listed(removed)]], screen.width)),
  ]
}

function failureLines({reason, log}: ServingFailure, {width}: Screen, paint: Paint): string[] {
  return [paint.red(`why: ${oneLine(reason)}`), ...log.map((line) => truncate(`  | ${logText(line)}`, width))]
}

export const rollbackView: View<RollbackResult> = {
  human: (result, screen) => {
    const {endpoint, target, outcome, failure, from} = result
    if (outcome === 'kept') return `nothing was done: endpoint ${endpoint} on ${target} is as it was`
    const paint = painter(screen.colour)
    const lines = fields([['endpoint', `${endpoint} ${rollbackState(result, paint)}`], ...ways(result)], screen.width)
    const failed = failure
      ? [...failureLines(failure, screen, paint), `endpoint ${endpoint} goes on with ${served(from)}`]
      : []
    return [...lines, ...failed, ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}

function rollbackState({outcome, status, waitedSeconds}: RollbackResult, paint: Paint): string {
  const after = waitedSeconds === undefined ? '' : ` after ${duration(waitedSeconds)}`
  if (outcome === 'dry-run') return 'would go back (nothing is done: this was a dry run)'
  if (outcome === 'rolled-back') return `${paint.green('rolled back')}, InService${after}`
  return unfinished(outcome, status, after, paint)
}

export const undeployView: View<UndeployResult> = {
  human: (result, screen) => {
    const {endpoint, target, outcome} = result
    if (outcome === 'kept') return `nothing was deleted: endpoint ${endpoint} on ${target} is as it was`
    const verb = outcome === 'dry-run' ? 'goes' : 'deleted'
    const lines = undeployLines(result, screen, outcome === 'is-deleting' ? 'is being deleted' : verb)
    const dry = outcome === 'dry-run' ? ['nothing is deleted: this was a dry run'] : []
    return [...lines, ...dry, ...nextLines(result.next)].join('\n')
  },
  json: asItIs,
}
