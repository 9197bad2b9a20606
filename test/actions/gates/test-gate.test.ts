// A gate tried on metrics that are given: decided as an execution would, without a target.

import {expect, it} from 'vitest'
import {type GateTestInput, testGate} from '../../../src/actions/gates/test-gate.ts'
import {fakeState, fakeWorld} from '../../support/fake-cloud.ts'
import {tempDir} from '../../support/temp-dir.ts'

const evaluate =
  '{type: processing, image: "sklearn:1.2-1", command: [/bin/true], outputs: [out], reports: {metrics: out/m.json}}'

/** A spec with these conditions; a second step measures the drift where they ask for it. */
function specOf(conditions: Readonly<Record<string, string>>): string {
  const lines = Object.entries(conditions).map(([name, text]) => `  ${name}: {type: condition, ${text}, then: []}\n`)
  const isDrift = lines.some((line) => line.includes('drift'))
  const check = isDrift ? `  check: ${evaluate.replace('metrics:', 'drift:')}\n` : ''
  return `name: demo\nparameters: {least: 0.9, stage: dev, open: {type: Float}}\nsteps:\n  evaluate: ${evaluate}\n${check}${lines.join('')}  register: {type: register, group: demo, model: s3://b/m, image: "sklearn:1.2-1", metrics: s3://b/m.json}\n`
}

function test(conditions: Readonly<Record<string, string>>, input: Partial<GateTestInput>, files = {}) {
  const cwd = tempDir({'mlpipe.yaml': specOf(conditions), ...files})
  return testGate({metrics: [], parameters: [], ...input}, {...fakeWorld(fakeState()), cwd})
}

const metrics = (value: object) => ({metrics: [JSON.stringify(value)]})
const champion = {gate: 'gate: auc >= champion - 0.1'}

it.each([
  ['equal counts', {gate: 'gate: auc >= 0.9'}, metrics({auc: 0.9}), true],
  ['equal does not', {gate: 'gate: auc > 0.9'}, metrics({auc: 0.9}), false],
  ['one of two is not enough', {gate: 'gate: [auc > 0.9, loss < 1]'}, metrics({auc: 1, loss: 1}), false],
  ['the default of a parameter', {gate: 'gate: auc >= parameters.least'}, metrics({auc: 0.9}), true],
  ['its value', {gate: 'gate: auc >= parameters.least'}, {...metrics({auc: 0.9}), parameters: ['least=0.95']}, false],
  ['a champion as a number', champion, {...metrics({auc: 0.2}), champion: '0.3'}, true],
  ['none', champion, {...metrics({auc: -5}), champion: 'none'}, true],
  [
    'none, where that fails',
    {gate: `${champion.gate}, withoutChampion: fail`},
    {...metrics({auc: 5}), champion: 'none'},
    false,
  ],
  [
    'a plain condition',
    {plain: "if: steps.evaluate.reports.metrics.auc > 0.5 or parameters.stage == 'x'"},
    metrics({auc: 1}),
    true,
  ],
  ['one without a report', {plain: "if: parameters.stage == 'dev'"}, {}, true],
  // SageMaker's list is settled by one that is false, whatever the others are.
  ['a false one settles it', {gate: 'gate: [auc > 0.9, parts.f1 > 0.5]'}, metrics({auc: 0.1}), false],
] as const)('%s', async (_what, conditions, input, expected) => {
  expect((await test(conditions, input)).outcome).toBe(expected ? 'passed' : 'failed')
})

it.each([
  ['a text', {auc: 'NaN'}, 'GreaterThan cannot compare the string "NaN" with the number 0.9'],
  ['true', {auc: true}, 'GreaterThan cannot compare the boolean true with the number 0.9'],
  ['nothing of that name', {AUC: 0.95, f1: 1}, /^auc is not in the metrics given, which has /],
  ['a wrapped value', {binary: {auc: {value: 1}}}, 'auc is not in the metrics given, which has binary.auc.value'],
  ['nothing', {}, 'auc is not in the metrics given, which has no numbers'],
  [
    'a name with a dot in it',
    {'a.uc': 3, b: {'c d': 1, "it's": 2}},
    `auc is not in the metrics given, which has steps.evaluate.reports.metrics['a.uc']`,
  ],
  ['keys that are no words', {b: {'c d': 1, "it's": [2]}}, `which has b['c d'], b["it's"][0]`],
  ['a list', [{auc: 1}], 'which has steps.evaluate.reports.metrics[0].auc'],
])('the step would fail at %s', async (_what, value, why) => {
  const result = await test({gate: 'gate: auc > 0.9'}, metrics(value))
  const reason = typeof why === 'string' ? expect.stringContaining(why) : expect.stringMatching(why)
  expect(result).toMatchObject({outcome: 'failed', branch: null, stepFails: reason})
})

it('the step would fail at what is no JSON', async () => {
  const result = await test({gate: 'gate: auc > 0.9'}, {metrics: ['m.json']}, {'m.json': '{"auc": NaN}'})
  expect(result.stepFails).toMatch(/^m\.json is not valid JSON: .*NaN and Infinity are no JSON$/)
})

it.each(['1e400', '-1E+999', '9'.repeat(400)])(
  'the step would fail at a number that is too large: %s',
  async (number) => {
    const result = await test({gate: 'gate: auc > 0.9'}, {metrics: [`{"parts": [{"auc": ${number}}], "auc": 1}`]})
    expect(result.stepFails).toBe(
      'the metrics given cannot be compared: the number at parts[0].auc is too large for a double (1.8e308)',
    )
    const champion = test({gate: 'gate: auc > champion'}, {...metrics({auc: 1}), champion: `{"auc": ${number}}`})
    await expect(champion).rejects.toThrow(
      `the champion's metrics in the metrics given cannot be compared: the number at auc is too large`,
    )
  },
)

it('the step would fail at a number alone', async () => {
  const result = await test({gate: 'gate: auc > 0.9'}, {metrics: ['m.json']}, {'m.json': '0.95'})
  expect(result.stepFails).toBe('auc is not in m.json, which is the number 0.95 alone')
})

it('a file may be called as no report is', async () => {
  const files = {'run=3.json': '{"auc": 1}', '0.5': '{"auc": 1}'}
  for (const file of Object.keys(files)) {
    expect((await test({gate: 'gate: auc > 0.9'}, {metrics: [file]}, files)).outcome).toBe('passed')
  }
})

it('each requirement is told with its values', async () => {
  const conditions = {gate: 'gate: [auc >= champion * 0.5, parts.f1 < 2]'}
  const files = {'m.json': '{"auc": 0.4, "parts": {"f1": 1}}', 'c.json': '{"auc": 1}'}
  expect((await test(conditions, {metrics: ['m.json'], champion: 'c.json'}, files)).requirements).toEqual([
    {
      requirement: 'auc >= champion * 0.5',
      holds: false,
      told: 'auc 0.4 is not >= 0.5 (champion c.json: 1 * 0.5)',
      left: 0.4,
      sign: '>=',
      right: 0.5,
    },
    {requirement: 'parts.f1 < 2', holds: true, told: 'parts.f1 1 < 2', left: 1, sign: '<', right: 2},
  ])
})

it('several reports are named', async () => {
  const conditions = {
    both: 'if: steps.evaluate.reports.metrics.auc > 0.5 and steps.check.reports.drift.max < 0.2',
  }
  const given = ['evaluate.metrics={"auc": 0.6}', 'check.drift={"max": 0.1}']
  expect(await test(conditions, {metrics: given})).toMatchObject({outcome: 'passed', gate: 'both'})
  const one = test(conditions, {metrics: ['{"auc": 0.6}']})
  await expect(one).rejects.toThrow('the condition reads 2 reports: evaluate.metrics, check.drift')
  await expect(test(conditions, {metrics: given.slice(1)})).rejects.toThrow('the condition reads 2 reports')
})

const two = {one: 'gate: auc > 0.5', other: 'gate: auc > 0.6', plain: 'if: parameters.least > 1'}

it.each([
  ['which of several', two, metrics({auc: 1}), 'which gate? one, other'],
  [
    'a gate that there is not',
    two,
    {gate: 'othr', ...metrics({})},
    '"othr" is not a condition here: did you mean "other"?',
  ],
  ['no condition at all', {}, metrics({}), 'the spec has no condition'],
  ['no metrics', {gate: 'gate: auc > 1'}, {}, 'the metrics to try are missing: the gate reads evaluate.metrics'],
  [
    'a champion that is not said',
    champion,
    metrics({auc: 1}),
    'gate "gate" asks for the champion: say what it came to',
  ],
  [
    'a champion that nothing asks for',
    {gate: 'gate: auc > 1'},
    {...metrics({}), champion: '1'},
    'asks nothing of the champion',
  ],
  [
    'one number for two metrics',
    {gate: 'gate: [auc > champion, f1 > champion]'},
    {...metrics({}), champion: '1'},
    'one number is not enough',
  ],
  [
    'a champion without the metric',
    champion,
    {...metrics({}), champion: '{"f1": 1}'},
    'auc is no number in the metrics given, which has f1',
  ],
  ['a champion that is no JSON', champion, {...metrics({}), champion: '{'}, 'are not valid JSON'],
  [
    'a file that is not there',
    {gate: 'gate: auc > 1'},
    {metrics: ['none.json']},
    'none.json, which should hold the metrics, does not exist',
  ],
  [
    'a parameter that there is not',
    {gate: 'gate: auc > 1'},
    {...metrics({}), parameters: ['lest=1']},
    '"lest" is not a parameter of the spec: did you mean "least"?',
  ],
  [
    'a report that is misspelt',
    {gate: 'gate: auc > 1'},
    {metrics: ['evaluate.metrcs=f.json']},
    '"evaluate.metrcs" is not a report that the gate reads: did you mean "evaluate.metrics"?',
  ],
  [
    'a report that no gate reads',
    {gate: 'gate: auc > 1'},
    {metrics: ['check.drift={"max": 1}']},
    '"check.drift" is not a report that the gate reads: known: evaluate.metrics',
  ],
  ['a number', {gate: 'gate: auc > 1'}, {metrics: ['0.8']}, 'not the number 0.8'],
  ['nothing', {gate: 'gate: auc > 1'}, {metrics: ['']}, 'not an empty text'],
  ['nothing for a report', {gate: 'gate: auc > 1'}, {metrics: ['evaluate.metrics=']}, 'not an empty text'],
  [
    'two for one report',
    {gate: 'gate: auc > 1'},
    {metrics: ['{"auc": 1}', 'evaluate.metrics={"auc": 2}']},
    '--metrics says twice what evaluate.metrics holds',
  ],
  ['a group as the champion', champion, {...metrics({}), champion: 'churn'}, 'group/version or none, not "churn"'],
  ['NaN as the champion', champion, {...metrics({}), champion: 'NaN'}, 'group/version or none, not "NaN"'],
  ['no champion', champion, {...metrics({}), champion: ''}, 'group/version or none, not ""'],
])('is refused: %s', async (_what, conditions, input, message) => {
  const error = await test(conditions as Readonly<Record<string, string>>, input).catch((one: unknown) => one)
  expect(error).toMatchObject({exit: 64, message: expect.stringContaining(message)})
})

it('a parameter that the gate reads has to have a value, and no other', async () => {
  const conditions = {gate: 'gate: auc > parameters.open'}
  await expect(test(conditions, metrics({auc: 1}))).rejects.toThrow('"open" (Float) has no default')
  expect((await test(conditions, {...metrics({auc: 1}), parameters: ['open=0.5']})).outcome).toBe('passed')
})
