import {expect, it} from 'vitest'
import {parseEvent} from '../../src/events/event-fields.ts'
import {matchEvent} from '../../src/events/match.ts'
import {parsePattern} from '../../src/events/pattern.ts'
import {nearMiss} from '../../src/trigger/near-miss.ts'

function hint(patternText: string, eventText: string): string | undefined {
  const pattern = parsePattern(patternText)
  const event = parseEvent(eventText)
  if (pattern.kind === 'invalid' || event.kind === 'invalid') throw new Error('not readable')
  const result = matchEvent(pattern.pattern, event.event)
  if (result.kind === 'matches') throw new Error('it matches')
  return nearMiss(result, event.event)
}

it.each([
  ['letter case of a literal', '{"f":["Approved"]}', '{"f":"approved"}', 'only the case of the letters differs'],
  ['letter case of a prefix', '{"f":[{"prefix":"In/"}]}', '{"f":"in/a"}', 'only the case of the letters differs'],
  ['letter case of a suffix', '{"f":[{"suffix":".csv"}]}', '{"f":"a.CSV"}', 'only the case of the letters differs'],
  [
    'letter case of a wildcard',
    '{"f":[{"wildcard":"In/*.csv"}]}',
    '{"f":"in/a.csv"}',
    'only the case of the letters differs',
  ],
  ['a slash in the pattern', '{"f":[{"prefix":"/in/"}]}', '{"f":"in/a"}', 'only the slash at the beginning differs'],
  ['a slash in the event', '{"f":["in/a"]}', '{"f":"/in/a"}', 'only the slash at the beginning differs'],
  ['blanks', '{"f":["a"]}', '{"f":" a"}', 'only blanks at the ends differ'],
  ['one of several', '{"f":["x","Approved"]}', '{"f":["y","approved"]}', 'only the case of the letters differs'],
  ['a number as a text', '{"f":[300]}', '{"f":"300"}', 'the event has "300" as a text, and the pattern wants a number'],
  [
    'a text as a number',
    '{"f":["300"]}',
    '{"f":300}',
    'the event has 300 without quotes, and the pattern wants a text',
  ],
  [
    'a text as a word',
    '{"f":["true"]}',
    '{"f":true}',
    'the event has true without quotes, and the pattern wants a text',
  ],
  [
    'a range of a text',
    '{"f":[{"numeric":[">",1]}]}',
    '{"f":"5"}',
    'the event has "5" as a text, which "numeric" does not compare',
  ],
  [
    'a number that no double holds',
    '{"f":[0.10000000000000000000001]}',
    '{"f":0.1}',
    'the same number is written otherwise: EventBridge compares numbers of so many digits by their text',
  ],
  [
    'a detail-type that is misspelt',
    '{"detail-type":["SageMaker Model Package State Change"]}',
    '{"detail-type":"SageMaker Model Package Status Change"}',
    'the event has "SageMaker Model Package Status Change", which is close to "SageMaker Model Package State Change": one of them is misspelt',
  ],
  [
    'a name in other letters',
    '{"detail":{"Key":[1]}}',
    '{"detail":{"key":1}}',
    'the event has detail.key: only the case of the letters differs',
  ],
  ['a name that is near', '{"detail":{"objects":[1]}}', '{"detail":{"object":1}}', 'the event has detail.object'],
  [
    'the detail alone',
    '{"detail":{"object":{"key":["a"]}}}',
    '{"object":{"key":"a"}}',
    'the event has object.key at its top: it may be no more than the detail of an event',
  ],
  [
    'an entry for PutEvents',
    '{"source":["a"]}',
    '{"Source":"a","DetailType":"b","Detail":"{}"}',
    'it is an entry for PutEvents, of which EventBridge makes an event with source, detail-type and detail',
  ],
  [
    'a detail in quotes',
    '{"detail":{"a":[1]}}',
    '{"detail":"{\\"a\\":1}"}',
    'the detail of the event is a text, where an event has an object',
  ],
])('tells %s', (_name, pattern, event, expected) => expect(hint(pattern, event)).toBe(expected))

it.each([
  ['another value', '{"detail":{"bucket":["lake"]}}', '{"detail":{"bucket":"lake2"}}'],
  ['another number', '{"f":[300]}', '{"f":301}'],
  ['a field that must not be there', '{"f":[{"exists":false}]}', '{"f":1}'],
  ['a field that is nowhere', '{"detail":{"a":[1]}}', '{"detail":{"other":1}}'],
])('says nothing of %s', (_name, pattern, event) => expect(hint(pattern, event)).toBeUndefined())
