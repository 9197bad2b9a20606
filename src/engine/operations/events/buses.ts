// DescribeEventBus and ListEventBuses: the default bus is the only one.

import {defaultBusArn} from '../../store/rules.ts'
import type {describeEventBusShape, listEventBusesShape} from '../../validations/events/events.ts'
import type {InputOf} from '../../validations/shape.ts'
import {ok, type Reply} from '../reply.ts'
import {busFault} from './finding.ts'

const defaultBus = {Name: 'default', Arn: defaultBusArn}

export function describeEventBus(input: InputOf<typeof describeEventBusShape>): Reply {
  return busFault(input.Name) ?? ok(defaultBus)
}

export function listEventBuses(input: InputOf<typeof listEventBusesShape>): Reply {
  return ok({EventBuses: 'default'.startsWith(input.NamePrefix ?? '') ? [defaultBus] : []})
}
