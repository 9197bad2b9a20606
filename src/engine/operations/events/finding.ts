// The bus and the rule that a request names, or EventBridge's fault when there is none.

import {accountId, region} from '../../store/arns.ts'
import type {Db} from '../../store/database.ts'
import {defaultBusArn, findRule, type RuleRow, ruleArn} from '../../store/rules.ts'
import {type Fault, refuse} from '../reply.ts'

type Missing = {readonly kind: 'fault'; readonly fault: Fault}

/** The embedded account has the default bus alone. */
export function busFault(name: string | undefined): Missing | undefined {
  if (isDefaultBus(name)) return undefined
  const given = name?.replace(`arn:aws:events:${region}:${accountId}:event-bus/`, '')
  return refuse('ResourceNotFoundException', `Event bus ${given} does not exist.`)
}

export function isDefaultBus(name: string | undefined): boolean {
  return name === undefined || name === 'default' || name === defaultBusArn
}

/** Wording as seen from the service. */
export function ruleNamed(db: Db, name: string, bus: string | undefined): {kind: 'found'; row: RuleRow} | Missing {
  const missingBus = busFault(bus)
  if (missingBus) return missingBus
  const row = findRule(db, ruleArn(name))
  if (row) return {kind: 'found', row}
  return refuse('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`)
}
