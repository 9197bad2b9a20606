// What a trigger waits for, in one phrase, from what stands on AWS: so foreign rules and declared triggers read alike.

import {type AwaitedKind, describePattern} from './pattern-words.ts'
import {scheduleWords} from './schedule-words.ts'

export type StandingKind = 'schedule' | AwaitedKind

/** What of a rule or a schedule tells when it starts its target. */
export type Starter =
  | {readonly kind: 'rule'; readonly pattern?: string; readonly schedule?: string}
  | {
      readonly kind: 'schedule'
      readonly expression: string
      readonly zone?: string
      readonly windowMinutes?: number
    }

export type Waiting = {readonly kind: StandingKind; readonly waitsFor: string}

export function describeStarter(starter: Starter): Waiting {
  if (starter.kind === 'schedule') {
    const {expression, zone = 'UTC', windowMinutes} = starter
    const window = windowMinutes === undefined ? '' : `, within ${windowMinutes} min`
    return {kind: 'schedule', waitsFor: `${timeWords(expression, 'scheduler', zone)}${window}`}
  }
  // A rule may have both, and then fires for either.
  const time = starter.schedule === undefined ? undefined : timeWords(starter.schedule, 'rule', 'UTC')
  const awaited = starter.pattern === undefined ? undefined : describePattern(starter.pattern)
  if (awaited)
    return {kind: awaited.kind, waitsFor: [awaited.phrase, ...(time === undefined ? [] : [time])].join(', or ')}
  return {kind: 'schedule', waitsFor: time ?? 'nothing'}
}

/** A rate goes by no clock on a wall, so that its zone says nothing. */
function timeWords(expression: string, service: 'rule' | 'scheduler', zone: string): string {
  const words = scheduleWords(expression, service) ?? expression
  return expression.startsWith('rate(') ? words : `${words} ${zone}`
}
