// `mlpipe trigger show`.

import type {TargetReport, TriggerDetail} from '../../actions/triggers/look/trigger-detail.ts'
import {oneLine, printable} from '../printable.ts'
import {type Paint, painter} from '../style.ts'
import {type Field, fields} from '../table.ts'
import {count, duration} from '../time.ts'
import {asItIs, nextLines, type View} from '../view.ts'
import {firingParts, makers, specWords, standingWords, startWords, stateWords} from './words.ts'

export const triggerView: View<TriggerDetail> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const {trigger, pattern, notes, next} = result
    const {name, kind} = trigger
    const json = pattern ? printable(JSON.stringify(pattern, null, 2)).split('\n') : []
    return [
      `${paint.bold(name)} (${kind}, ${stateWords(trigger, paint)}) starts ${result.pipeline} on ${result.target}`,
      ...notes,
      ...fields([...about(result, paint), ...result.targets.flatMap(target), ...surroundings(result, paint)], width),
      ...(json.length === 0 ? [] : ['pattern', ...json.map((line) => `  ${line}`)]),
      ...nextLines(next),
    ].join('\n')
  },
  json: asItIs,
}

function about({trigger, description, schedule, zone}: TriggerDetail, paint: Paint): Field[] {
  const {waitsFor, standing, madeBy, next, problems} = trigger
  const bounds = [
    ...(schedule?.startsAt === undefined ? [] : [`from ${schedule.startsAt}`]),
    ...(schedule?.endsAt === undefined ? [] : [`until ${schedule.endsAt}`]),
  ]
  return [
    ['when', oneLine(waitsFor)],
    ['description', oneLine(description ?? '')],
    ['expression', schedule?.expression],
    ['bounds', bounds],
    ...repeated('next', next ? firingParts(next, zone) : []),
    ['made by', makers[madeBy]],
    ['is', standing && standingWords(standing)],
    ['arn', standing?.arn],
    ...repeated('spec', specLines(trigger)),
    ...problems.map((problem): Field => [paint.red('problem'), oneLine(problem)]),
  ]
}

function specLines(trigger: TriggerDetail['trigger']): string[] {
  return trigger.spec === 'same' ? ['as declared'] : specWords(trigger)
}

function target({roleArn, parameters, retry, deadLetterArn, deadLetters}: TargetReport): Field[] {
  const {attempts, maximumAgeSeconds} = retry
  const last =
    deadLetters?.errorCode === undefined ? '' : `; the last: ${deadLetters.errorCode}, ${deadLetters.message ?? ''}`
  return [
    ...repeated(
      'parameters',
      parameters.map(({name, value, from}) => `${name}=${oneLine(value)}${from === 'path' ? ' (of the event)' : ''}`),
    ),
    ['role', roleArn],
    ['retry', `${count(attempts, 'time')}, for ${duration(maximumAgeSeconds)}`],
    ['dead letter', deadLetterArn],
    ['undelivered', deadLetters && oneLine(`${count(deadLetters.count, 'message')} in ${deadLetters.file}${last}`)],
  ]
}

function surroundings({alsoStarts, tags, alarms, buckets, executions}: TriggerDetail, paint: Paint): Field[] {
  return [
    ['also starts', alsoStarts],
    ['tags', tags.map(({key, value}) => oneLine(`${key}=${value}`))],
    ...alarms.flatMap(alarm),
    ...buckets.map(({bucket, events}): Field => ['bucket', `${bucket}: ${bucketWords[events]}`]),
    ...executions.flatMap(({parameters, ...start}): Field[] => [
      ['run', startWords(start, paint)],
      ['', parameters.map(({name, value}) => `${name}=${oneLine(value)}`)],
    ]),
  ]
}

const bucketWords = {
  on: 'its events go to EventBridge',
  off: 'its events do not go to EventBridge',
  unknown: 'whether its events go to EventBridge cannot be seen',
} as const

function alarm({name, standing}: TriggerDetail['alarms'][number]): Field[] {
  if (!standing) return [['alarm', `${name}: there is no such metric alarm`]]
  const {state, metric, namespace, dimensions, threshold, periodSeconds} = standing
  const of = dimensions.map((dimension) => `${dimension.name}=${dimension.value}`).join(' ')
  return [
    ['alarm', `${name}: ${state}`],
    ['', oneLine(`goes off above ${threshold} in ${duration(periodSeconds)} of ${metric}, ${namespace} ${of}`)],
  ]
}

/** A value to a line under one label. */
function repeated(label: string, values: readonly (string | readonly string[])[]): Field[] {
  return values.map((value, index): Field => [index === 0 ? label : '', value])
}
