// What stands before a state or a verdict in a drawing: what `executions show` and `diff` put before it.
import {expect, it} from 'vitest'
import type {StepState} from '../../../src/actions/executions/execution-report.ts'
import type {StepForecast} from '../../../src/actions/forecast/forecast.ts'
import type {Picture} from '../../../src/picture/picture.ts'
import {withStates} from '../../../src/views/graph/with-states.ts'
import {withVerdicts} from '../../../src/views/graph/with-verdicts.ts'
import {pictureLines} from '../../../src/views/picture-lines.ts'

const picture: Picture = {
  title: 'p',
  description: '1 step',
  nodes: [{id: 'train', label: 'train', kind: 'step', caption: 'Training', notes: []}],
  edges: [],
}
const rowOf = (drawn: Picture) => pictureLines(drawn, {width: 80, colour: false}).find((line) => line.includes('train'))

it.each<[StepState, string]>([
  ['running', '> running'],
  ['stopped', '- stopped'],
  ['failed', '✗ failed'],
  ['cached', '= cached'],
  ['waiting', '. waiting'],
])('of a step that is %s', (state, words) => {
  expect(rowOf(withStates(picture, [{name: 'train', type: 'Training', state}]))).toContain(`  ${words}`)
})

const forecast = (rest: Partial<StepForecast>): StepForecast => ({
  name: 'train',
  type: 'Training',
  verdict: 'rerun',
  conditional: [],
  reasons: [],
  ...rest,
})

it.each<[string, Partial<StepForecast>]>([
  ['+ new', {reasons: [{code: 'no-earlier-success'}]}],
  ['~ rerun', {lastSeconds: 3}],
  ['! always', {verdict: 'always'}],
  ['? unknown', {verdict: 'unknown'}],
])('of the verdict %s', (words, rest) => {
  expect(rowOf(withVerdicts(picture, [forecast(rest)]))).toContain(`  ${words}`)
})
