import {expect, it} from 'vitest'
import {formatJson, parseExactJson, sameJson} from '../../src/definition/exact-json.ts'
import {canonicalJson, ExactNumber, plainJson} from '../../src/definition/json.ts'
import {fc} from '../support/properties.ts'

it.each([
  '6.0',
  '1e5',
  '1E+5',
  '-1.5e-07',
  '9007199254740993',
  '-0',
  '-0.0',
  '1e400',
  '0.10',
  '12345678901234567890.50',
])('keeps the text of %s', (number) => {
  const text = `{"a":[${number}]}`
  expect(formatJson(parseExactJson(text))).toBe(text)
  expect(canonicalJson(parseExactJson(text))).toBe(text)
})

it.each(['0', '6', '-1', '0.5', '1e+21', '9007199254740991'])('reads %s as a plain number', (number) => {
  expect(parseExactJson(number)).toBe(Number(number))
})

it('gives plain numbers to whoever looks into a definition', () => {
  const value = {a: [new ExactNumber('6.0')], b: {c: new ExactNumber('9007199254740993')}, d: '6.0', e: null}
  expect(plainJson(value)).toEqual({a: [6], b: {c: 9007199254740992}, d: '6.0', e: null})
})

it('tells numbers apart that JavaScript takes for equal', () => {
  expect(sameJson('{"a":9007199254740993}', '{"a":9007199254740992}')).toBe(false)
  expect(sameJson('{"a":1, "b":[2.50]}', ' {"b":[2.50],"a":1}')).toBe(true)
})

it('takes the last of two equal keys and keeps a key named __proto__, as JSON.parse does', () => {
  expect(formatJson(parseExactJson('{"a":1,"a":2,"__proto__":{"b":3}}'))).toBe('{"a":2,"__proto__":{"b":3}}')
})

it('reads and writes every JSON value as JSON.parse and JSON.stringify do', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(plainJson(parseExactJson(text))).toEqual(JSON.parse(text))
      expect(JSON.parse(formatJson(parseExactJson(text), 2))).toEqual(JSON.parse(text))
    }),
  )
})
