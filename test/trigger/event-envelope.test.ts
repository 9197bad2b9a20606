import {expect, it} from 'vitest'
import {readObject} from '../../src/events/json-nodes.ts'
import {checkEnvelope} from '../../src/trigger/event-envelope.ts'

const whole = {
  id: 'i',
  account: 'a',
  source: 's',
  time: 't',
  region: 'r',
  resources: [],
  'detail-type': 'd',
  detail: {},
}

it.each<[string, object, object]>([
  ['an event', whole, {kind: 'whole'}],
  ['an event without an id', {...whole, id: undefined}, {kind: 'gaps', missing: ['id']}],
  // API Reference, TestEventPattern: all of these.
  [
    'source and detail alone',
    {source: 's', detail: {}},
    {kind: 'gaps', missing: ['id', 'account', 'time', 'region', 'resources', 'detail-type']},
  ],
  ['the detail of an event', {object: {key: 'a'}}, {kind: 'part'}],
])('%s', (_name, event, expected) => {
  const read = readObject(JSON.stringify(event))
  expect(read.kind === 'object' && checkEnvelope(read.node)).toEqual(expected)
})
