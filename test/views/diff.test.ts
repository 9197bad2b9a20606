import {describe, expect, it} from 'vitest'
import type {ChangeReport, DiffResult, ReasonReport, StepForecast} from '../../src/actions/forecast/forecast.ts'
import {diffView} from '../../src/views/diff.ts'
import {displayWidth, stripColour} from '../../src/views/style.ts'
import {diffResult, evaluate, forecastOf, gate, prepare, register, train, unchanged} from './forecasts.ts'

const plain = {width: 80, colour: false}

it('both halves: what a deploy changes, and what a run does', () => {
  expect(diffView.human(diffResult, plain)).toBe(`\
Deploy  changes 2 steps and 1 parameter, adds 1 step, removes 1 step
  parameter epochs
    ~ changed  DefaultValue  200 -> 300  mlpipe.yaml:10
  step prepare
    ~ changed  ProcessingResources.ClusterConfig.InstanceType
               ml.m5.large -> \${Parameters.instanceType}  not in the cache key
               mlpipe.yaml:8
  step train
    ~ changed  InputDataConfig['code'].DataSource.S3DataSource.S3Uri
               …/33333333…/prepare.py -> …/bbbbbbbb…/prepare.py
               in the cache key  mlpipe.yaml:41
    + added    Environment.STAGE  night  in the cache key
    - removed  CacheConfig.ExpireAfter  P30D
  + added    step reject  mlpipe.yaml:79
  - removed  step notify

Run     of the spec as it is now, with epochs=50 and the other parameter at its
        default
  =  prepare   Processing     cached
       from abc123, 2 hours ago  expires in 29 d 22 h
  ~  train     Training       rerun    about 2.1 s
       HyperParameters.epochs  200 -> 50  mlpipe.yaml:44
       InputDataConfig['code'].DataSource.S3DataSource.S3Uri
       …/33333333…/prepare.py -> …/bbbbbbbb…/prepare.py  mlpipe.yaml:41
       Environment.STAGE  added: night
  ~  evaluate  Processing     rerun    about 1.1 s
       train reruns: new ModelArtifacts.S3ModelArtifacts
       in ProcessingInputs['model'].S3Input.S3Uri  mlpipe.yaml:57
  ?  gate      Condition      unknown
       evaluate decides: its report metrics  mlpipe.yaml:65
  !  register  RegisterModel  always   if gate is true
       SageMaker never reuses RegisterModel steps
  !  reject    Fail           always   if gate is false
       SageMaker never reuses Fail steps

  parameter epochs is 50, was 200: train, evaluate rerun
  src/train.py changed: train, evaluate rerun

  1 cached, 2 rerun, 1 unknown, 2 always; 2 of them behind a condition
  saves about 12 s, takes about 3.2 s, going by the last run of each step; 1
    step never timed: register

  warning  instance type of prepare changed, which is in no cache key: the step
           keeps its earlier result  mlpipe.yaml:8`)
})

it('what fits stands beside its verdict', () => {
  const steps = stepLines(diffView.human(diffResult, {width: 100, colour: false}))
  expect(steps).toContain('  =  prepare   Processing     cached   from abc123, 2 hours ago  expires in 29 d 22 h')
  expect(steps).toContain('  ?  gate      Condition      unknown  evaluate decides: its report metrics  mlpipe.yaml:65')
})

it('a pipe has no width, and its lines do not run on for ever', () => {
  const text = diffView.human(diffResult, {width: Number.POSITIVE_INFINITY, colour: false})
  expect(text).toBe(diffView.human(diffResult, {width: 140, colour: false}))
})

it.each([60, 80, 100, 140])('nothing is wider than %i columns', (width) => {
  const lines = diffView.human(diffResult, {width, colour: true}).split('\n')
  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
})

it('colour adds nothing to the words, and no line leaves it open', () => {
  const coloured = diffView.human(diffResult, {width: 80, colour: true})
  expect(stripColour(coloured)).toBe(diffView.human(diffResult, plain))
  const last = coloured.split('\n').flatMap((line) => [...line.matchAll(/\u001B\[(\d+)m/g)].at(-1)?.[1] ?? [])
  expect(new Set(last)).toEqual(new Set(['22', '39']))
})

it('no change at all is one sentence', () => {
  expect(diffView.human(unchanged, {width: 100, colour: false})).toBe(`\
Deploy  nothing to deploy: the spec is what is deployed

Run     of the spec as it is now
  =  prepare  Processing  cached   from abc123, 2 hours ago  expires in 29 d 22 h

  1 cached`)
})

describe('the deploy half', () => {
  const deployed = (result: Partial<DiffResult>) =>
    diffView.human({...unchanged, ...result}, {width: 100, colour: false}).split('\n\n')[0]

  it('names what a first deploy makes', () => {
    const parameters = [{name: 'epochs', value: '2', isDefault: true}]
    const run = forecastOf([prepare, train], {parameters})
    expect(deployed({against: {kind: 'nothing'}, deploy: {outcome: 'create', changes: []}, run})).toBe(`\
Deploy  creates the pipeline: 2 steps and 1 parameter
  + added  parameters  epochs
  + added  steps       prepare, train`)
  })

  it('says what it compares with, when that is not what is deployed', () => {
    const changes: ChangeReport[] = [
      {kind: 'changed', subject: {kind: 'pipeline', name: 'tumours'}, path: 'Metadata', before: {}, after: {a: 1}},
    ]
    expect(deployed({against: {kind: 'execution', name: 'abc123'}, deploy: {outcome: 'update', changes}})).toBe(`\
Deploy  against what execution abc123 ran: changes the pipeline itself
  the pipeline
    ~ changed  Metadata  {} -> {"a":1}`)
    expect(deployed({against: {kind: 'file', name: 'old.json'}})).toBe(
      'Deploy  no difference: the spec is the same as old.json',
    )
  })

  it('compares with a file before anything is deployed', () => {
    expect(deployed({against: {kind: 'file', name: 'old.json'}, deploy: {outcome: 'create', changes: []}})).toBe(
      'Deploy  creates the pipeline; no difference: the spec is the same as old.json',
    )
  })

  it('tells an update that leaves the definition alone', () => {
    expect(deployed({deploy: {outcome: 'update', changes: []}})).toBe(
      'Deploy  updates the pipeline, whose definition stays the same',
    )
  })
})

describe('a step', () => {
  const shown = (step: StepForecast, width = 140) => {
    const text = diffView.human({...unchanged, run: forecastOf([step])}, {width, colour: false})
    return stepLines(text).join('\n')
  }
  const rerun = (reason: ReasonReport): StepForecast => ({...train, lastSeconds: 0, reasons: [reason]})

  it.each<[string, ReasonReport, string]>([
    [
      'that never succeeded is new',
      {code: 'no-earlier-success'},
      '  +  train  Training  new      it has not succeeded before',
    ],
    [
      'whose result is too old',
      {code: 'expired', execution: 'abc123', expiredAt: '2026-01-31T12:00:00.000Z'},
      '  ~  train  Training  rerun    the result of abc123 expired on 2026-01-31 12:00 UTC',
    ],
    [
      'that holds an id of the execution',
      {code: 'fresh-value', path: 'Environment.RUN', value: 'Execution.PipelineExecutionId', line: 3},
      '  ~  train  Training  rerun    new in every execution: Execution.PipelineExecutionId  in Environment.RUN  mlpipe.yaml:3',
    ],
    [
      'that lost a part of its key',
      {code: 'key-differs', path: 'Environment.STAGE', before: 'night'},
      '  ~  train  Training  rerun    Environment.STAGE  removed, was night',
    ],
    [
      'whose value changed its type only',
      {code: 'key-differs', path: 'Environment.N', before: '5', after: 5},
      '  ~  train  Training  rerun    Environment.N  "5" -> 5',
    ],
  ])('%s', (_name, reason, line) => {
    expect(shown(rerun(reason))).toBe(line)
  })

  it.each<[string, ReasonReport, string]>([
    ['by its type', {code: 'type-never-cached'}, 'SageMaker never reuses Lambda steps'],
    ['because its cache is off', {code: 'cache-off'}, 'its cache is off'],
    ['without an expiry', {code: 'no-expiry'}, 'its cache names no expiry, and SageMaker reuses nothing without one'],
  ])('always runs %s', (_name, reason, words) => {
    const step: StepForecast = {...register, type: 'Lambda', conditional: [], verdict: 'always', reasons: [reason]}
    expect(shown(step)).toBe(`  !  register  Lambda  always   ${words}`)
  })

  it.each<[string, ReasonReport, string]>([
    [
      'by another step',
      {code: 'decided-by-run', path: 'Environment.N', value: 'Steps.pick.OutputParameters.n', step: 'pick'},
      'pick decides: its OutputParameters.n  in Environment.N',
    ],
    [
      'by the run alone',
      {code: 'decided-by-run', path: 'Environment.N', value: 'parameter n'},
      'only the run can tell: parameter n  in Environment.N',
    ],
    [
      'by a history that is cut',
      {code: 'history-incomplete', detail: 'the service slowed down after 3 executions'},
      'the history could not be read far enough: the service slowed down after 3 executions',
    ],
  ])('is unknown %s', (_name, reason, words) => {
    expect(shown({...gate, reasons: [reason]})).toBe(`  ?  gate  Condition  unknown  ${words}`)
  })

  it('behind a step that always runs says so', () => {
    const upstream: StepForecast = {...train, verdict: 'always', reasons: [{code: 'cache-off'}]}
    const text = diffView.human(
      {...unchanged, run: forecastOf([upstream, evaluate])},
      {width: Number.POSITIVE_INFINITY, colour: false},
    )
    expect(text).toContain('train always runs: new ModelArtifacts.S3ModelArtifacts')
  })

  it('that is skipped says no more than that', () => {
    expect(shown({...prepare, verdict: 'skipped', conditional: []})).toBe(
      '  .  prepare  Processing  skipped  in a branch that is not taken',
    )
  })

  it('a condition whose outcome is known says which', () => {
    const known: StepForecast = {...gate, verdict: 'always', outcome: true, reasons: [{code: 'type-never-cached'}]}
    expect(shown(known)).toBe('  !  gate  Condition  always   is true, whatever the run does')
  })

  it('a stale hit is told in words', () => {
    expect(shown({...prepare, staleFrom: ['fetch', 'clean']})).toBe(`\
  =  prepare  Processing  cached   from abc123, 2 hours ago  expires in 29 d 22 h
                                   stale: fetch, clean rerun into the same place, unseen`)
  })

  it('a hit behind a condition', () => {
    const conditional = [
      {condition: 'gate', branch: 'then' as const, on: []},
      {condition: 'limit', branch: 'else' as const, on: []},
    ]
    expect(shown({...prepare, conditional})).toBe(
      '  =  prepare  Processing  cached   if gate is true and limit is false  from abc123, 2 hours ago  expires in 29 d 22 h',
    )
  })

  it('with many reasons names the command that shows them all', () => {
    const reasons = Array.from(
      {length: 8},
      (_, index): ReasonReport => ({code: 'key-differs', path: `Environment.V${index}`, before: 'a', after: 'b'}),
    )
    const lines = shown({...train, reasons}).split('\n')
    expect(lines).toHaveLength(7)
    expect(lines.at(-1)?.trim()).toBe('and 2 more reasons: mlpipe why train')
  })
})

describe('the end', () => {
  const tail = (run: Parameters<typeof forecastOf>[1], steps = [prepare]) =>
    diffView
      .human({...unchanged, run: forecastOf(steps, run)}, {width: 120, colour: false})
      .split('\n\n')
      .slice(2)

  it('steps that are new run, they do not rerun', () => {
    const fresh: StepForecast = {...train, reasons: [{code: 'no-earlier-success'}]}
    expect(tail({causes: [{cause: 'nothing to reuse yet', steps: ['train']}]}, [fresh])).toEqual([
      '  nothing to reuse yet: train runs',
      '  1 new',
    ])
  })

  it('times that nothing is known about are left out', () => {
    expect(tail({time: {savedSeconds: 0, spentSeconds: 0, openSeconds: 0, untimed: ['a', 'b', 'c', 'd']}})).toEqual([
      '  1 cached\n  4 steps never timed: a, b, c and 1 more',
    ])
    expect(tail({time: {savedSeconds: 7500, spentSeconds: 0, openSeconds: 65, untimed: []}})).toEqual([
      '  1 cached\n  saves about 2 h 05 min, and up to 1 min 05 s more if all that is open runs, going by the last run of each step',
    ])
  })

  it('a history that is cut is a warning', () => {
    expect(tail({history: {executions: 4, calls: 9, gap: 'throttled'}})).toEqual([
      '  1 cached',
      '  warning  the history is not whole: throttled',
    ])
  })
})

it('what others wrote does not reach the terminal as orders', () => {
  const hostile: StepForecast = {
    ...train,
    reasons: [{code: 'key-differs', path: 'Environment.A', before: '\u001B[2J', after: 'a\u202Eb\u0085'}],
  }
  const text = diffView.human({...unchanged, run: forecastOf([hostile])}, plain)
  expect(text).toContain('"\\u001b[2J" -> "a\\u202eb\\u0085"')
})

it('scripts get the result as it is', () => {
  expect(diffView.json(diffResult)).toBe(diffResult)
})

/** The lines of the second half between its head and its end. */
function stepLines(text: string): string[] {
  return (text.split('\n\n')[1] ?? '').split('\n').filter((line) => line.startsWith('  '))
}
