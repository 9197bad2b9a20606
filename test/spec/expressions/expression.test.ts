import {expect, it} from 'vitest'
import {DiagnosticCollector} from '../../../src/diagnostics/diagnostic.ts'
import {type Expression, type Operand, parseExpression} from '../../../src/spec/expressions/expression.ts'
import {referencesIn} from '../../../src/spec/value.ts'

// The expected trees follow from the usual precedence: not before and before or.
it.each([
  ['steps.a.outputs.x == 1', '(steps.a.outputs.x == 1)'],
  [
    'parameters.a < 1 and parameters.b >= 2 or parameters.c != 3',
    '(or (and (parameters.a < 1) (parameters.b >= 2)) (parameters.c != 3))',
  ],
  [
    'parameters.a < 1 or parameters.b > 2 and parameters.c <= 3',
    '(or (parameters.a < 1) (and (parameters.b > 2) (parameters.c <= 3)))',
  ],
  ['not parameters.a == 1 and parameters.b == 2', '(and (not (parameters.a == 1)) (parameters.b == 2))'],
  ['not (parameters.a == 1 and parameters.b == 2)', '(not (and (parameters.a == 1) (parameters.b == 2)))'],
  ['parameters.a in [\'x\', "y", 3]', '(in parameters.a "x" "y" 3)'],
  ["parameters.a not in ['x']", '(not (in parameters.a "x"))'],
  ['0.5 <= steps.a.reports.r.x[0].y', '(0.5 <= steps.a.reports.r.x[0].y)'],
  ["steps.a.reports.r['odd key'] == true", "(steps.a.reports.r['odd key'] == true)"],
  ['steps.my-step.reports.r.v > -1e-3', '(steps.my-step.reports.r.v > -0.001)'],
  ['${parameters.a} == 1', '(parameters.a == 1)'],
  ['parameters.a==1', '(parameters.a == 1)'],
  ['parameters.a == null', '(parameters.a == null)'],
  ["parameters.a == 'it\\'s'", '(parameters.a == "it\'s")'],
  ["parameters.a == 'x-${parameters.b}'", '(parameters.a == text(parameters.b))'],
  ["parameters.a == 'x-$${parameters.b}'", '(parameters.a == "x-${parameters.b}")'],
  ["json('s3://b/x.json', 'a[0].b') > 1", '(json("s3://b/x.json", a[0].b) > 1)'],
  ["json(steps.a.outputs.x, 'a') in ['x']", '(in json(steps.a.outputs.x, a) "x")'],
  ["json(join('/', 's3://b', execution.id), 'a') == 1", '(json(join(/, "s3://b", execution.id), a) == 1)'],
  ["join('') == join('-', 1, true, parameters.a)", '(join() == join(-, 1, true, parameters.a))'],
])('reads %s', (text, tree) => {
  const {expression, codes} = parse(text)
  expect(codes).toEqual([])
  expect(expression && show(expression)).toBe(tree)
})

it.each([
  '',
  'parameters.a',
  'parameters.a ==',
  '== 1',
  'parameters.a == 1 )',
  '(parameters.a == 1',
  'parameters.a in []',
  'parameters.a in x',
  'a == 1',
  '1 == 2 3',
  'parameters.a = 1',
  '!parameters.a',
  "parameters.a == 'x",
  "json('s3://b/x.json') == 1",
  "json(1, 'a') == 1",
  "json(json('s3://b/x.json', 'a'), 'b') == 1",
  "json('s3://b/x.json', parameters.a) == 1",
  "join(parameters.a, 'x') == 'x'",
  "join('-', 'a' == 'x'",
  "lower(parameters.a) == 'x'",
])('refuses %j once, with a place inside the text', (text) => {
  const {expression, codes, starts} = parse(text)
  expect(expression).toBeUndefined()
  expect(codes).toEqual(['invalid-expression'])
  expect(starts[0]).toBeGreaterThanOrEqual(0)
  expect(starts[0]).toBeLessThanOrEqual(text.length)
})

it('finds a wrong reference in a text at its place', () => {
  const {expression, codes, starts} = parse("parameters.a == 'it\\'s ${paramters.b}'")
  expect({expression, codes, starts}).toEqual({expression: undefined, codes: ['invalid-reference'], starts: [25]})
})

it('refuses a nesting that would exhaust the stack', () => {
  expect(parse(`${'('.repeat(20_000)}parameters.a == 1${')'.repeat(20_000)}`).codes).toEqual(['invalid-expression'])
})

function parse(text: string) {
  const findings = new DiagnosticCollector()
  const range = {start: 0, end: text.length}
  const expression = parseExpression({kind: 'scalar', value: text, text, range, locate: (index) => index}, findings)
  const found = findings.sorted()
  return {expression, codes: found.map(({code}) => code), starts: found.map((each) => each.range.start)}
}

function show(expression: Expression): string {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return `(${expression.kind} ${expression.items.map(show).join(' ')})`
    case 'not':
      return `(not ${show(expression.item)})`
    case 'in':
      return `(in ${[expression.item, ...expression.choices].map(operand).join(' ')})`
    case 'compare':
      return `(${operand(expression.left)} ${expression.operator} ${operand(expression.right)})`
  }
}

function operand(each: Operand): string {
  switch (each.kind) {
    case 'reference':
      return each.reference.text
    case 'literal':
      return JSON.stringify(each.value)
    case 'text':
      return `text(${referencesIn(each.value).map(({text}) => text)})`
    case 'json':
      return `json(${operand(each.uri)}, ${each.path})`
    case 'join':
      return `join(${[each.separator, ...each.items.map(operand)].join(', ')})`
  }
}
