import {expect, it} from 'vitest'
import {readObject} from '../../src/events/json-nodes.ts'
import {eventParameters} from '../../src/trigger/event-parameters.ts'

function parametersFor(parameters: Readonly<Record<string, string>>, event: string | undefined) {
  const read = event === undefined ? undefined : readObject(event)
  if (read?.kind === 'broken') throw new Error(read.reason)
  return eventParameters(
    Object.entries(parameters).map(([name, value]) => ({name, value})),
    read?.node,
  )
}

const event =
  '{"detail-type":"x","resources":["r0","r1"],"detail":{"n":1.50,"b":true,"z":null,"o":{"k":"v"},"k":"a b"}}'

it.each([
  ['a constant', 'auto', {value: 'auto'}],
  ['an empty constant', '', {value: ''}],
  ['a text', '$.detail.k', {value: 'a b', path: '$.detail.k'}],
  ['a number as it is written', '$.detail.n', {value: '1.50', path: '$.detail.n'}],
  ['true', '$.detail.b', {value: 'true', path: '$.detail.b'}],
  ['null', '$.detail.z', {value: 'null', path: '$.detail.z'}],
  ['an object as JSON', '$.detail.o', {value: '{"k":"v"}', path: '$.detail.o'}],
  ['an element', '$.resources[1]', {value: 'r1', path: '$.resources[1]'}],
  ['a name with a dash', "$['detail-type']", {value: 'x', path: "$['detail-type']"}],
  // No joining: what is not a path as a whole is a constant.
  ['a path within a text', 's3://b/$.detail.k', {value: 's3://b/$.detail.k'}],
  ['a price', '$5', {value: '$5'}],
])('%s', (_name, written, expected) => {
  expect(parametersFor({p: written}, event)).toEqual({given: [{name: 'p', ...expected}], missing: []})
})

it('names every path at which the event has nothing, and keeps the others', () => {
  expect(parametersFor({a: '$.detail.no', b: 'x', c: '$.resources[2]'}, event)).toEqual({
    given: [{name: 'b', value: 'x'}],
    missing: [
      {name: 'a', path: '$.detail.no'},
      {name: 'c', path: '$.resources[2]'},
    ],
  })
})

it('without an event everything is a constant', () => {
  expect(parametersFor({a: '$.detail.k'}, undefined)).toEqual({given: [{name: 'a', value: '$.detail.k'}], missing: []})
})
