// `mlpipe trigger create`: what is made and what of it has to be known, before it is asked for and after it is done.

import type {CreateTriggersResult, TriggerReport} from '../../actions/triggers/create/triggers-result.ts'
import {oneLine} from '../printable.ts'
import {type Paint, painter} from '../style.ts'
import {type Field, fields} from '../table.ts'
import {clock} from '../time.ts'
import {asItIs, nextLines, type Screen, type View} from '../view.ts'

export const createTriggersView: View<CreateTriggersResult> = {
  human: (result, screen) => {
    const {pipeline, target, outcome, yaml, queues, notes, next} = result
    if (outcome === 'kept') return `no trigger was made: ${pipeline} on ${target} is as it was`
    const lines = triggerLines(result, screen, outcome === 'dry-run' ? 'would be' : 'is')
    const dryRun = outcome === 'dry-run' ? ['nothing is made: this was a dry run'] : []
    return [
      ...lines,
      ...notes.map((note) => `note: ${note}`),
      ...queues.flatMap(({queue, policy}) => [
        `the policy of the queue ${queue} has to allow:`,
        ...JSON.stringify(policy, null, 2)
          .split('\n')
          .map((line) => `  ${line}`),
      ]),
      ...(yaml === undefined ? [] : ['in the spec it would stand as:', yaml.trimEnd()]),
      ...dryRun,
      ...nextLines(next),
    ].join('\n')
  },
  json: asItIs,
}

/** Before it is asked for. */
export function createTriggersProposal(result: CreateTriggersResult, screen: Screen): string[] {
  return triggerLines(result, screen, 'would be')
}

type Mood = 'would be' | 'is'

function triggerLines(result: CreateTriggersResult, {width, colour}: Screen, mood: Mood): string[] {
  const paint = painter(colour)
  const {pipeline, target, role, buckets, triggers} = result
  const isSwitchedOn = mood === 'is' ? 'sends its events to EventBridge now' : 'would send its events to EventBridge'
  return [
    ...triggers.flatMap((trigger) => [...fields(triggerFields(trigger, paint, mood), width), '']),
    ...fields(
      [
        ['pipeline', pipeline],
        ['target', target],
        ['role', role && `${role.arn} ${actionWords(role.action, mood)}`],
        ['buckets', buckets.map((bucket) => `${bucket} ${isSwitchedOn}`)],
      ],
      width,
    ),
  ]
}

function triggerFields(trigger: TriggerReport, paint: Paint, mood: Mood): Field[] {
  const {name, action, isEnabled, waitsFor, nextTimes = [], starter, parameters, alarm, replaces, isForeign} = trigger
  const state = isEnabled ? '' : ', disabled'
  const painted = action === 'none' ? paint.dim : paint.green
  return [
    ['trigger', `${name} ${painted(actionWords(action, mood))}${state}`],
    ['when', waitsFor],
    ['next', nextTimes.length === 0 ? undefined : listed(nextTimes.map(shortTime))],
    ['parameters', parameters.map((parameter) => `${parameter.name}=${oneLine(parameter.value)}`)],
    [starter.kind, starter.within === 'default' ? starter.name : `${starter.name} in group ${starter.within}`],
    ['alarm', alarm && `${alarm.name} ${actionWords(alarm.action, mood)}`],
    ['changes', changeTexts(trigger)],
    ['replaces', replaces.join(', ')],
    ['takes over', isForeign ? `what mlpipe did not make under the name ${starter.name}` : undefined],
    ['arn', starter.arn],
  ]
}

const past = {create: 'created', update: 'updated', none: 'unchanged'} as const

function actionWords(action: TriggerReport['action'], mood: Mood): string {
  if (action === 'none') return mood === 'is' ? past.none : 'would stay as it is'
  return mood === 'is' ? past[action] : `would be ${past[action]}`
}

function changeTexts({changes, alarm}: TriggerReport): string[] {
  const texts = [
    ...changes.map(changeText),
    ...(alarm?.changes ?? []).map((change) => changeText({...change, field: `alarm ${change.field}`})),
  ]
  return listed(texts)
}

/** `time zone: UTC -> Europe/Berlin`. */
export function changeText({field, before, after}: TriggerReport['changes'][number]): string {
  return `${field}: ${sideText(before)} -> ${sideText(after)}`
}

function sideText(value: string | undefined): string {
  return value === undefined ? 'none' : oneLine(value)
}

function shortTime(iso: string): string {
  return `${clock(iso).replace(/:00$/, '')} UTC`
}

function listed(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item))
}
