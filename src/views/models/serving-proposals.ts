// What is about to be done to an endpoint, before it is asked for, in the words that its result has too. Apart from the results, since
// every command that reports progress loads it.

import type {
  DeployModelResult,
  RollbackResult,
  ServedVersion,
  UndeployResult,
} from '../../actions/models/serving/serving-results.ts'
import {oneLine} from '../printable.ts'
import {painter} from '../style.ts'
import {type Field, fields} from '../table.ts'
import type {Screen} from '../view.ts'

export const foreignText = 'it was not made by mlpipe: --adopt takes it over'

export function deployModelProposal(result: DeployModelResult, {width, colour}: Screen): string[] {
  const verbs = {create: 'is created', update: 'is updated', replace: 'has failed, is deleted and made anew'}
  const verb = result.would === 'wait' || result.would === 'change-nothing' ? '' : verbs[result.would]
  const lines = fields([['endpoint', `${result.endpoint} ${verb}`], ...about(result)], width)
  return result.owner === 'other' ? [...lines, painter(colour).yellow(foreignText)] : lines
}

export function about(result: DeployModelResult): Field[] {
  const {model, before, capacity, environment, role, config, target, endpointArn, simulated} = result
  return [
    ['simulated', simulated === undefined ? undefined : oneLine(simulated)],
    ['model', before && before.config !== config ? `${model} (has ${served(before)})` : model],
    ['on', capacity.kind === 'instance' ? `${capacity.count} x ${capacity.type}` : serverlessText(capacity)],
    ['env', environment.join(', ')],
    ['role', role],
    ['config', config],
    ['target', target],
    ['arn', endpointArn],
  ]
}

function serverlessText({
  memoryMb,
  maxConcurrency,
}: {
  readonly memoryMb: number
  readonly maxConcurrency: number
}): string {
  return `serverless, ${memoryMb} MB, ${maxConcurrency} at the same time`
}

export function rollbackProposal(result: RollbackResult, {width}: Screen): string[] {
  return fields([['endpoint', `${result.endpoint} goes back`], ...ways(result)], width)
}

export function ways({from, to, target, endpointArn, simulated}: RollbackResult): Field[] {
  return [
    ['simulated', simulated === undefined ? undefined : oneLine(simulated)],
    ['to', servedWithConfig(to)],
    ['from', servedWithConfig(from)],
    ['target', target],
    ['arn', endpointArn],
  ]
}

export function undeployProposal(result: UndeployResult, screen: Screen): string[] {
  return undeployLines(result, screen, 'goes')
}

export function undeployLines(result: UndeployResult, {width}: Screen, going: string): string[] {
  const {endpoint, endpointArn, serves, configs, models, target} = result
  const goes = [
    ...(endpointArn === undefined ? [] : [`endpoint ${endpoint}${serves ? ` (${served(serves)})` : ''}`]),
    ...configs.map((name) => `endpoint configuration ${name}`),
    ...models.map((name) => `model ${name}`),
  ]
  return fields(
    [
      [going, listed(goes)],
      ['stays', 'the registered models'],
      ['target', target],
      ['arn', endpointArn],
    ],
    width,
  )
}

export function served({model, config}: ServedVersion): string {
  return model ?? config
}

function servedWithConfig({model, config}: ServedVersion): string {
  return model === undefined ? config : `${model} (${config})`
}

export function listed(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item))
}
