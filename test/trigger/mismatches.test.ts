import {expect, it} from 'vitest'
import {parseEvent} from '../../src/events/event-fields.ts'
import {parsePattern} from '../../src/events/pattern.ts'
import {mismatches} from '../../src/trigger/mismatches.ts'

function failing(patternText: object, eventText: object): string[] {
  const pattern = parsePattern(JSON.stringify(patternText))
  const event = parseEvent(JSON.stringify(eventText))
  if (pattern.kind === 'invalid' || event.kind === 'invalid') throw new Error('not readable')
  return mismatches(pattern.pattern, event.event).map(({path, why}) => `${path} ${why}`)
}

it.each<[string, object, object, string[]]>([
  ['nothing of an event that matches', {a: [1]}, {a: 1}, []],
  ['every field', {a: [1], b: [2], c: [3]}, {a: 1, b: 1}, ['b no-value-matches', 'c absent']],
  [
    'where the event comes from before what it says',
    {detail: {a: [1]}, source: ['x'], 'detail-type': ['y']},
    {detail: {a: 2}, source: 'z', 'detail-type': 'z'},
    ['source no-value-matches', 'detail-type no-value-matches', 'detail.a no-value-matches'],
  ],
  [
    'of $or the nearest',
    {
      $or: [
        {a: [1], b: [1]},
        {a: [2], c: [1]},
      ],
    },
    {a: 2},
    ['c absent'],
  ],
  ['fields that match in different elements', {l: {a: [1], b: [2]}}, {l: [{a: 1}, {b: 2}]}, ['l.b other-element']],
])('tells %s', (_name, pattern, event, expected) => expect(failing(pattern, event)).toEqual(expected))
