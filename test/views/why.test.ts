import {describe, expect, it} from 'vitest'
import type {StepForecast, WhyResult} from '../../src/actions/forecast/forecast.ts'
import {displayWidth} from '../../src/views/style.ts'
import {whyView} from '../../src/views/why.ts'
import {gate, prepare, register, train, whyResult} from './forecasts.ts'

const plain = {width: 80, colour: false}

it('the verdict, the chain, the whole key, and what would make it a hit', () => {
  expect(whyView.human(whyResult, plain)).toBe(`\
train would rerun: 3 parts of its key differ from abc123
  HyperParameters.epochs  200 -> 50  mlpipe.yaml:44
  InputDataConfig['code'].DataSource.S3DataSource.S3Uri
    …/33333333…/prepare.py -> …/bbbbbbbb…/prepare.py  mlpipe.yaml:41
  Environment.STAGE  added: night

Chain  each because of the next
  ~  train    rerun    HyperParameters.epochs changed
  ~  prepare  rerun    src/prepare.py changed

Key  7 parts, beside that of abc123
  AlgorithmSpecification
    = same     TrainingImage
               683313688378.dkr.ecr.us-east-1.a…maker-scikit-learn:1.2-1-cpu-py3
               mlpipe.yaml:20
  HyperParameters
    ~ differs  epochs  200 -> 50  mlpipe.yaml:44
    = same     l2  0.001  mlpipe.yaml:46
  InputDataConfig
    ~ differs  ['code'].DataSource.S3DataSource.S3Uri
               …/33333333…/prepare.py -> …/bbbbbbbb…/prepare.py  mlpipe.yaml:41
    ~ new      ['train'].DataSource.S3DataSource.S3Uri
               s3://mlpipe-local/tumours…123/prepare/output/train -> a new value
               of Steps.prepare.ProcessingOutputConfig.Outputs['train'].
               S3Output.S3Uri  mlpipe.yaml:48
    ? unknown  ['extra'].DataSource.S3DataSource.S3Uri  what the run tells
               of Steps.pick.OutputParameters.uri
  Environment
    ~ differs  STAGE  added: night

nearest   3 of 7 parts differ from abc123 (ended 2026-01-01 12:00 UTC)
to reuse  set parameter epochs back to 200 and src/prepare.py back to what
          abc123 ran
took      2.1 s when it last ran`)
})

it.each([60, 80, 100, 140])('nothing is wider than %i columns', (width) => {
  const lines = whyView.human(whyResult, {width, colour: true}).split('\n')
  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
})

describe('the verdict in one sentence', () => {
  const bare: WhyResult = {
    formatVersion: 1,
    file: 'f',
    pipeline: 'p',
    target: 'local',
    step: prepare,
    key: [],
    chain: [],
  }
  const sentence = (step: StepForecast, more: Partial<WhyResult> = {}) =>
    whyView.human({...bare, step, ...more}, {width: 140, colour: false}).split('\n')[0]

  it.each<[string, StepForecast, string]>([
    ['a hit', prepare, 'prepare would be reused: from abc123, 2 hours ago, expires in 29 d 22 h'],
    [
      'a step without an earlier success',
      {...train, reasons: [{code: 'no-earlier-success'}]},
      'train would rerun: there is nothing to reuse',
    ],
    [
      'an expired result',
      {...train, reasons: [{code: 'expired', execution: 'abc123'}]},
      'train would rerun: what could be reused is too old',
    ],
    [
      'a value that is always new',
      {...train, reasons: [{code: 'fresh-value', path: 'Environment.A', value: 'Execution.StartDateTime'}]},
      'train would rerun: its key holds what is new in this run',
    ],
    ['one difference', {...train, reasons: train.reasons.slice(0, 1)}, 'train would rerun: 1 part of its key differs'],
    ['what the run decides', gate, 'gate is unknown: only the run can tell'],
    ['what SageMaker never reuses', register, 'register runs in every execution, if gate is true'],
    [
      'a step that is not reached',
      {...prepare, verdict: 'skipped'},
      'prepare would be skipped: in a branch that is not taken',
    ],
  ])('%s', (_name, step, text) => {
    expect(sentence(step)).toBe(text)
  })

  it.each<[StepForecast, string]>([
    [prepare, 'prepare was reused in run9: from abc123, 2 hours ago, expires in 29 d 22 h'],
    [train, 'train ran in run9: 3 parts of its key differ from abc123'],
    [{...register, conditional: []}, 'register ran in run9, as in every execution'],
  ])('of an execution that is over', (step, text) => {
    const {nearest} = whyResult
    expect(sentence(step, {execution: 'run9', ...(nearest ? {nearest} : {})})).toBe(text)
  })
})

it('parts of one element that are the same and come from one line are told together', () => {
  const part = (path: string, line: number) => ({path, before: 'x', after: 'x', state: 'same' as const, line})
  const key: WhyResult['key'] = [
    {
      attribute: 'ProcessingInputs',
      parts: [
        part("ProcessingInputs['raw'].InputName", 7),
        {
          path: "ProcessingInputs['raw'].S3Input.S3Uri",
          before: 's3://b/a',
          after: 's3://b/c',
          state: 'differs',
          line: 7,
        },
        part("ProcessingInputs['raw'].S3Input.S3DataType", 7),
        part("ProcessingInputs['code'].InputName", 5),
      ],
    },
  ]
  expect(whyView.human({...whyResult, key}, plain)).toContain(`
  ProcessingInputs
    = same     ['raw']  InputName=x  S3Input.S3DataType=x  mlpipe.yaml:7
    ~ differs  ['raw'].S3Input.S3Uri  s3://b/a -> s3://b/c  mlpipe.yaml:7
    = same     ['code'].InputName  x  mlpipe.yaml:5
`)
})

it('a hit has its key and no advice', () => {
  const key: WhyResult['key'] = [
    {attribute: 'Environment', parts: [{path: 'Environment.A', before: 'x', after: 'x', state: 'same'}]},
  ]
  const hit: WhyResult = {
    formatVersion: 1,
    file: 'mlpipe.yaml',
    pipeline: 'p',
    target: 'local',
    step: {...prepare, lastSeconds: 0.01},
    key,
    chain: [{step: 'prepare', verdict: 'hit', because: 'an earlier run had the same key'}],
    nearest: {execution: 'abc123', endedAt: '2026-01-01T12:00:00.000Z', differing: 0, parts: 1},
  }
  expect(whyView.human(hit, plain)).toBe(`\
prepare would be reused: from abc123, 2 hours ago, expires in 29 d 22 h

Key  1 part, beside that of abc123
  Environment
    = same     A  x`)
})

it('scripts get the result as it is', () => {
  expect(whyView.json(whyResult)).toBe(whyResult)
})
