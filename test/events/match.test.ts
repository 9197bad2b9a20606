// Matching of events. The verdicts of the tables are those of the documentation (Amazon EventBridge User Guide, "Comparison
// operators in event patterns"; aws/event-ruler, README), the 400 cases are the engine's own.

import {describe, expect, it} from 'vitest'
import {parseEvent} from '../../src/events/event-fields.ts'
import {type MatchResult, matchEvent} from '../../src/events/match.ts'
import {parsePattern} from '../../src/events/pattern.ts'
import {readPatternCases} from '../support/pattern-cases.ts'

function match(patternText: string, eventText: string): MatchResult {
  const pattern = parsePattern(patternText)
  if (pattern.kind === 'invalid') throw new Error(pattern.reason)
  const event = parseEvent(eventText)
  if (event.kind === 'invalid') throw new Error(event.reason)
  return matchEvent(pattern.pattern, event.event)
}

const matches = (pattern: string, event: string) => match(pattern, event).kind === 'matches'

const cases = readPatternCases('the 400 verdicts of the open engine')

it.skipIf(!cases)('agrees with the open engine on all its cases', () => {
  const wrong = (cases ?? []).filter((one) => matches(one.patternText, one.eventText) !== one.matches)
  expect(wrong).toEqual([])
  expect(cases?.length).toBe(400)
})

// The event of the README of event-ruler.
const instance = JSON.stringify({
  version: '0',
  id: 'ddddd4-aaaa-7777-4444-345dd43cc333',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '012345679012',
  time: '2017-10-02T16:24:49Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
  detail: {
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    'source-ip': '10.0.0.33',
    'instance-id': 'i-000000aaaaaa00000',
    state: 'running',
  },
})

describe('the examples of the README', () => {
  it.each([
    [
      'values',
      '{"detail-type": ["EC2 Instance State-change Notification"], "detail": {"state": ["initializing", "running"]}}',
    ],
    ['a value of an array', '{"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"]}'],
    ['prefix', '{"time": [{"prefix": "2017-10-02"}]}'],
    ['prefix in any case', '{"source": [{"prefix": {"equals-ignore-case": "AWS"}}]}'],
    ['suffix', '{"source": [{"suffix": "ec2"}]}'],
    ['suffix in any case', '{"source": [{"suffix": {"equals-ignore-case": "EC2"}}]}'],
    ['equals-ignore-case', '{"source": [{"equals-ignore-case": "AWS.EC2"}]}'],
    ['wildcard', '{"source": [{"wildcard": "a*.*2"}]}'],
    ['anything-but', '{"detail": {"state": [{"anything-but": "initializing"}]}}'],
    ['anything-but with a number', '{"detail": {"x-limit": [{"anything-but": 123}]}}'],
    ['anything-but with a list', '{"detail": {"x-limit": [{"anything-but": [100, 200, 300]}]}}'],
    ['anything-but prefix', '{"detail": {"state": [{"anything-but": {"prefix": ["init", "error"]}}]}}'],
    ['anything-but suffix', '{"detail": {"instance-id": [{"anything-but": {"suffix": "1234"}}]}}'],
    [
      'anything-but in any case',
      '{"detail": {"state": [{"anything-but": {"equals-ignore-case": ["Stopped", "OverLoaded"]}}]}}',
    ],
    ['anything-but wildcard', '{"detail": {"state": [{"anything-but": {"wildcard": "*/bin/*.jar"}}]}}'],
    [
      'numeric',
      '{"detail": {"c-count": [{"numeric": [">", 0, "<=", 5]}], "d-count": [{"numeric": ["<", 10]}], "x-limit": [{"numeric": ["=", 3.018e2]}]}}',
    ],
    ['cidr', '{"detail": {"source-ip": [{"cidr": "10.0.0.0/24"}]}}'],
    ['exists', '{"detail": {"c-count": [{"exists": true}]}}'],
    ['exists: false', '{"detail": {"e-count": [{"exists": false}]}}'],
    ['$or', '{"source": ["aws.ec2"], "$or": [{"account": ["1"]}, {"detail": {"state": ["running"]}}]}'],
  ])('%s', (_name, pattern) => expect(matches(pattern, instance)).toBe(true))

  it.each([
    ['another value', '{"detail": {"state": ["stopped"]}}'],
    ['a prefix in another case', '{"source": [{"prefix": "AWS"}]}'],
    ['anything-but the value', '{"detail": {"state": [{"anything-but": "running"}]}}'],
    ['exists of what has members', '{"detail": [{"exists": true}]}'],
    ['a number outside the range', '{"detail": {"c-count": [{"numeric": [">", 5]}]}}'],
    ['an address outside', '{"detail": {"source-ip": [{"cidr": "10.0.1.0/24"}]}}'],
    ['a string for a number', '{"detail": {"c-count": ["5"]}}'],
  ])('not %s', (_name, pattern) => expect(matches(pattern, instance)).toBe(false))
})

// README, "JSON Array Matching", Olympic winners in structured arrays.
it.each([
  ['all in one element', '{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1, "y": 2}]}', true],
  ['in different elements', '{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2}]}', false],
  ['in the second element', '{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1}, {"x": 1, "y": 2}]}', true],
  ['scalars of an array bind nothing', '{"a": {"x": [1], "y": [2]}}', '{"a": {"x": [0, 1], "y": [2, 3]}}', true],
  [
    'inner arrays too',
    '{"a": {"b": {"c": [1], "d": [2]}}}',
    '{"a": [{"b": [{"c": 1}, {"d": 2}]}, {"b": [{"c": 1, "d": 3}]}]}',
    false,
  ],
  ['absent from the same element', '{"a": {"x": [1], "y": [{"exists": false}]}}', '{"a": [{"x": 1}, {"y": 2}]}', true],
  [
    'present in the same element',
    '{"a": {"x": [1], "y": [{"exists": false}]}}',
    '{"a": [{"x": 1, "y": 2}, {"y": 2}]}',
    false,
  ],
  ['a dotted name is a path', '{"a.b": [1]}', '{"a": {"b": 1}}', true],
  ['a path is a dotted name', '{"a": {"b.c": [1]}}', '{"a.b": {"c": 1}}', true],
  ['the later of two equal fields counts', '{"a": [1], "a": [2]}', '{"a": 2}', true],
  ['and not the earlier', '{"a": [1], "a": [2]}', '{"a": 1}', false],
  ['what follows the object is not looked at', '{"a": [1]} and more', '{"a": 1} too', true],
  ['a field of $or goes over one before it', '{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', '{"a": 2}', true],
  ['numbers are equal by value', '{"a": [300.0]}', '{"a": 3e2}', true],
  [
    'but by their text where a double does not hold them',
    '{"a": [9007199254740993]}',
    '{"a": 9007199254740993.0}',
    false,
  ],
  ['and there alone', '{"a": [9007199254740993]}', '{"a": 9007199254740993}', true],
  ['minus zero is zero', '{"a": [{"numeric": [">=", 0]}]}', '{"a": -0.0}', true],
  ['an address is equal in any form', '{"a": ["2001:db8::1"]}', '{"a": "2001:0db8:0:0:0:0:0:1"}', true],
  ['ß is SS in upper case', '{"a": [{"equals-ignore-case": "ß"}]}', '{"a": "SS"}', true],
  ['but SS is not ß', '{"a": [{"equals-ignore-case": "SS"}]}', '{"a": "ß"}', false],
  ['an escaped asterisk is one', '{"a": [{"wildcard": "a\\\\*b"}]}', '{"a": "a*b"}', true],
  ['and no wildcard', '{"a": [{"wildcard": "a\\\\*b"}]}', '{"a": "axb"}', false],
  ['wildcards do not overlap', '{"a": [{"wildcard": "aba*aba"}]}', '{"a": "ababa"}', false],
] as const)('arrays, names and values: %s', (_name, pattern, event, verdict) => {
  expect(matches(pattern, event)).toBe(verdict)
})

it.each([
  [
    'the field that is missing',
    '{"source": ["a"], "detail": {"key": [{"prefix": "in/"}]}}',
    '{"source": "a", "detail": {}}',
    {path: 'detail.key', why: 'absent', wanted: '[{"prefix": "in/"}]', found: []},
  ],
  [
    'the value that does not match',
    '{"source": ["a"], "detail": {"key": [{"prefix": "in/"}]}}',
    '{"source": "a", "detail": {"key": "out/x"}}',
    {path: 'detail.key', why: 'no-value-matches', wanted: '[{"prefix": "in/"}]', found: ['"out/x"']},
  ],
  [
    'the field that should not be there',
    '{"a": [{"exists": false}]}',
    '{"a": null}',
    {path: 'a', why: 'present', wanted: '[{"exists": false}]', found: ['null']},
  ],
  [
    'values in different elements',
    '{"a": {"x": [1], "y": [2]}}',
    '{"a": [{"x": 1}, {"y": 2}]}',
    {path: 'a.y', why: 'other-element', wanted: '[2]', found: ['2']},
  ],
  [
    'the nearest branch of $or',
    '{"$or": [{"a": [1], "b": [1]}, {"a": [2], "b": [2]}]}',
    '{"a": 2, "b": 3}',
    {path: 'b', why: 'no-value-matches', wanted: '[2]', found: ['3']},
  ],
] as const)('tells %s', (_name, pattern, event, mismatch) => {
  expect(match(pattern, event)).toEqual({kind: 'fails', ...mismatch})
})

it('stays fast where an event has large arrays', () => {
  const many = Array.from({length: 2000}, (_, index) => `{"x": 1, "n": ${index}}`).join(',')
  const pattern = '{"a": {"x": [1]}, "b": {"x": [1]}, "c": {"x": [1]}, "d": [9]}'
  expect(matches(pattern, `{"a": [${many}], "b": [${many}], "c": [${many}], "d": 9}`)).toBe(true)
  expect(matches(pattern, `{"a": [${many}], "b": [${many}], "c": [${many}], "d": 8}`)).toBe(false)
})
