import {expect, it} from 'vitest'
import {DiagnosticCollector} from '../../src/diagnostics/diagnostic.ts'
import {parseSpec} from '../../src/spec/parse-spec.ts'

const fail = 'steps:\n  stop: {type: fail, message: the end}\n'

it.each([
  ['a shorthand', 'a: 3', 'Integer', 3],
  ['a negative number', 'a: -3', 'Integer', -3],
  ['a float', 'a: 0.5', 'Float', 0.5],
  ['a float without a fraction', 'a: 6.0', 'Float', 6],
  ['an exponent', 'a: 1e3', 'Float', 1000],
  ['a boolean', 'a: false', 'Boolean', false],
  ['a text', 'a: ml.m5.large', 'String', 'ml.m5.large'],
  ['a quoted number', 'a: "3"', 'String', '3'],
  ['an empty text', 'a: ""', 'String', ''],
  ['YAML 1.1 words', 'a: yes', 'String', 'yes'],
  ['a date', 'a: 2026-11-23', 'String', '2026-11-23'],
  ['the full form', 'a: {type: Float, default: 1}', 'Float', 1],
  ['a number for a String', 'a: {type: String, default: 0.10}', 'String', '0.10'],
  ['no default', 'a: {type: Integer}', 'Integer', undefined],
  ['nothing but a description', 'a: {description: x}', 'String', undefined],
])('reads %s of a parameter', (_name, yaml, type, value) => {
  const {spec, codes} = parse(`name: demo\nparameters:\n  ${yaml}\n${fail}`)
  expect(codes).toEqual([])
  expect(spec?.parameters[0]).toMatchObject({name: 'a', type})
  expect(spec?.parameters[0]?.default?.value).toBe(value)
})

it.each([
  ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['comments', (text: string) => `# first\n${text}# last\n`],
  ['a document marker', (text: string) => `---\n${text}`],
  ['no newline at the end', (text: string) => text.trimEnd()],
])('reads a spec with %s', (_name, change) => {
  const {spec, codes} = parse(change(`name: demo\n${fail}`))
  expect(codes).toEqual([])
  expect(spec?.name?.value).toBe('demo')
  expect(spec?.steps.map(({name}) => name)).toEqual(['stop'])
})

it('reads anchors, aliases and merge keys', () => {
  const {spec, codes} = parse(
    'name: demo\nsteps:\n  a: &base {type: fail, message: one}\n  b: {<<: *base, message: two}\n  c: *base\n',
  )
  expect(codes).toEqual([])
  expect(
    spec?.steps.map((step) => step.kind === 'fail' && step.message?.kind === 'literal' && step.message.text),
  ).toEqual(['one', 'two', 'one'])
})

it.each([
  ['values that nest too deeply', `name: ${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['a NUL byte', 'name: de\0mo'],
  ['an alias without an anchor', `name: *nowhere\n${fail}`],
  ['an alias to itself', 'name: &a [*a]\n'],
])('refuses %s', (_name, text) => {
  expect(parse(text).codes[0]).toBe('yaml-syntax')
})

it.each([
  ['plain', ''],
  ['double-quoted', '"'],
  ['single-quoted', "'"],
])('points into a %s text', (_name, quote) => {
  const text = `name: demo\nsteps:\n  stop: \n    type: fail\n    message: ${quote}a \${parameters} b${quote}\n`
  const {findings} = parse(text)
  expect(findings[0]?.range.start).toBe(text.indexOf('parameters'))
})

it('points into a folded text', () => {
  const text = 'name: demo\nsteps:\n  stop:\n    type: fail\n    message: >-\n      a\n      ${parameters} b\n'
  const {findings} = parse(text)
  expect(text.slice(findings[0]?.range.start).startsWith('parameters')).toBe(true)
})

function parse(text: string) {
  const collector = new DiagnosticCollector()
  const spec = parseSpec(text, collector)
  const findings = collector.sorted()
  return {spec, findings, codes: findings.map(({code}) => code)}
}
