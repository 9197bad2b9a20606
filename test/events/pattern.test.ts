// Patterns that EventBridge refuses, with the reasons of aws/event-ruler.

import {expect, it} from 'vitest'
import {parseEvent} from '../../src/events/event-fields.ts'
import {parsePattern} from '../../src/events/pattern.ts'

it.each([
  ['', 'Filter is not an object'],
  ['[1]', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"a": {}}', 'Empty objects are not allowed'],
  ['{"a": []}', 'Empty arrays are not allowed'],
  ['{"a": 1}', '"a" must be an object or an array'],
  ['{"a": "x"}', '"a" must be an object or an array'],
  ['{"a": [[1]]}', 'Match value must be String, number, true, false, or null'],
  ['{"a": [{}]}', 'Match expression name not found'],
  ['{"a": [{"foo": 1}]}', 'Unrecognized match type foo'],
  ['{"a": [{"constructor": 1}]}', 'Unrecognized match type constructor'],
  ['{"a": [{"prefix": "a", "suffix": "b"}]}', 'Only one key allowed in match expression'],
  ['{"a": [{"prefix": "a", "prefix": "b"}]}', 'Only one key allowed in match expression'],
  ['{"a": [{"prefix": 3}]}', 'prefix match pattern must be a string'],
  ['{"a": [{"suffix": ["a"]}]}', 'suffix match pattern must be a string'],
  ['{"a": [{"prefix": {"wildcard": "a"}}]}', 'Unsupported prefix pattern: wildcard'],
  ['{"a": [{"suffix": {}}]}', 'Suffix expression name not found'],
  ['{"a": [{"prefix": {"equals-ignore-case": 5}}]}', 'equals-ignore-case match pattern must be a string'],
  ['{"a": [{"equals-ignore-case": ["abc"]}]}', 'equals-ignore-case match pattern must be a string'],
  ['{"a": [{"exactly": 33}]}', 'exact match pattern must be a string'],
  ['{"a": [{"exists": "true"}]}', 'exists match pattern must be either true or false.'],
  ['{"a": [{"wildcard": 5}]}', 'wildcard match pattern must be a string'],
  ['{"a": [{"wildcard": "a**b"}]}', 'Consecutive wildcard characters at pos 2'],
  ['{"a": [{"wildcard": "a\\\\x"}]}', 'Invalid escape character at pos 2'],
  ['{"a": [{"wildcard": "é\\\\"}]}', 'Invalid escape character at pos 3'],
  ['{"a": [{"cidr": "10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
  ['{"a": [{"cidr": "10.0.0.0/x"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"a": [{"cidr": "10.0.0.0/-1"}]}', 'Malformed CIDR, mask bits must not be negative'],
  ['{"a": [{"cidr": "10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
  ['{"a": [{"cidr": "::/128"}]}', 'IPv6 mask bits must be < 128'],
  ['{"a": [{"cidr": "1::2::/12"}]}', 'Invalid IP address: 1::2::'],
  ['{"a": [{"cidr": "host/8"}]}', 'Nonstandard IP address: host'],
  ['{"a": [{"numeric": 1}]}', 'Value of numeric must be an array.'],
  ['{"a": [{"numeric": []}]}', 'Invalid member in numeric match: ]'],
  ['{"a": [{"numeric": ["==", 1]}]}', 'Unrecognized numeric range operator: =='],
  ['{"a": [{"numeric": ["=", "1"]}]}', 'Value of equals must be numeric'],
  ['{"a": [{"numeric": ["<"]}]}', 'Value of < must be numeric'],
  ['{"a": [{"numeric": ["=", 1, "=", 2]}]}', 'Too many elements in numeric expression'],
  ['{"a": [{"numeric": ["<", 1, ">", 0]}]}', 'Too many elements in numeric expression'],
  ['{"a": [{"numeric": [">", 1, ">", 0]}]}', 'Bad numeric range operator: >'],
  ['{"a": [{"numeric": [">", 1, "<", 1]}]}', 'Bottom must be less than top'],
  ['{"a": [{"numeric": [">", 1, "<", 30, false]}]}', 'Too many terms in numeric range expression'],
  ['{"a": [{"numeric": ["=", 1E309]}]}', 'Cannot compare number : 1E309'],
  ['{"a": [{"numeric": ["=", 1E-325]}]}', 'Cannot compare number : 1E-325'],
  ['{"a": [{"anything-but": null}]}', 'Value of anything-but must be an array or single string/number value.'],
  ['{"a": [{"anything-but": [true]}]}', 'Inside anything but list, start|null|boolean is not supported.'],
  [
    '{"a": [{"anything-but": ["a", 1]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
  ],
  [
    '{"a": [{"anything-but": []}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
  ],
  ['{"a": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}', 'Unsupported anything-but pattern: cidr'],
  ['{"a": [{"anything-but": {"prefix": ""}}]}', 'Null prefix/suffix not allowed'],
  ['{"a": [{"anything-but": {"suffix": ["a", ""]}}]}', 'Null prefix/suffix not allowed'],
  ['{"a": [{"anything-but": {"prefix": 27}}]}', 'prefix/suffix match pattern must be a string'],
  ['{"a": [{"anything-but": {"wildcard": [1]}}]}', 'wildcard match pattern must be a string'],
  ['{"a": [{"anything-but": {"prefix": "a", "suffix": "b"}}]}', 'Only one key allowed in match expression'],
  ['{"a": [{"anything-but": 9007199254740993}]}', 'Cannot compare number : 9007199254740993'],
  ['{"$or": {"a": [1]}}', 'It must be an Array followed with $or.'],
  ['{"$or": ["a", "b"]}', 'Only JSON object is allowed in array of $or relationship.'],
  ['{"$or": [{"a": [1]}]}', 'There must have at least 2 Objects in $or relationship.'],
  ['{"$or": [{"numeric": [1]}, {"b": [1]}]}', 'numeric is Ruler reserved fieldName which cannot be used inside $or.'],
  ['{"$or": [{}, {"b": [1]}]}', 'Empty objects are not allowed'],
])('refuses %s', (text, reason) => expect(parsePattern(text)).toEqual({kind: 'invalid', reason}))

it.each([
  '{"a": [{"suffix": ""}]}',
  '{"a": [{"anything-but": {"equals-ignore-case": ""}}]}',
  '{"a": [{"anything-but": {"wildcard": ["foo*bar", ""]}}]}',
  '{"a": [{"numeric": ["=", 1E-320]}]}',
  '{"a": [{"cidr": "10.0.0.0/31"}]}',
  '{"detail": {"$or": [{"a": [1]}, {"b": {"c": [2]}}]}}',
  '{"account": [123456789012]}',
])('takes %s', (text) => expect(parsePattern(text).kind).toBe('pattern'))

it('refuses more than 1000 combinations of $or', () => {
  const or = (size: number) => `"$or": [${Array.from({length: size}, (_, index) => `{"f${index}": [1]}`).join(', ')}]`
  expect(parsePattern(`{${or(10)}, ${or(10)}, ${or(10)}}`).kind).toBe('pattern')
  expect(parsePattern(`{${or(10)}, ${or(10)}, ${or(11)}}`)).toMatchObject({
    reason: '$or makes more than 1000 combinations',
  })
})

it.each([
  ['{"a": [1}', "Expected a comma or a closing bracket and found '}' in line 1, column 9."],
  ['{"a": [1]', 'Expected a comma or a closing brace and found the end in line 1, column 10.'],
  ['{"a":\n [01]}', "Expected a JSON value and found '0' in line 2, column 3."],
  ["{'a': [1]}", "Expected a string in double quotes and found ''' in line 1, column 2."],
  ['{"a": ["b\tc"]}', `Expected a string in double quotes and found '"' in line 1, column 8.`],
  ['{"a": [tru]}', "Expected a JSON value and found 't' in line 1, column 8."],
])('tells where %s is no JSON', (text, reason) => expect(parsePattern(text)).toEqual({kind: 'invalid', reason}))

it('does not follow JSON that is nested without end', () => {
  const text = `{"a":${'['.repeat(50_000)}`
  expect(parseEvent(text)).toEqual({kind: 'invalid', reason: 'it is nested deeper than 1000 levels'})
})
