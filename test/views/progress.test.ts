import {expect, it} from 'vitest'
import type {ProgressEvent} from '../../src/actions/reporter.ts'
import {runningLine} from '../../src/views/progress/live.ts'
import {plainReporter, silentReporter} from '../../src/views/progress/plain.ts'

const events: ProgressEvent[] = [
  {kind: 'target', target: 'local', place: 'embedded engine, .mlpipe'},
  {kind: 'note', message: "instanceType is in no step's cache key"},
  {kind: 'warning', message: 'mlpipe.yaml differs from what is deployed', nextSteps: ['mlpipe deploy']},
  {
    kind: 'recovered',
    execution: {arn: 'arn:x/execution/aaaaaaaaaaaa', pipelineName: 'churn', interruptedSteps: ['train']},
    next: ['mlpipe executions show aaaaaaaaaaaa -f other.yaml', 'mlpipe run -f other.yaml'],
  },
  {kind: 'upload', uri: 's3://b/k', source: 'src/train.py', bytes: 10},
  {kind: 'history-read', executions: 4, calls: 10},
  {
    kind: 'execution-started',
    pipeline: 'churn',
    execution: 'mjrltdmn6zgd',
    steps: [
      {name: 'prepare', type: 'Processing'},
      {name: 'train', type: 'Training'},
    ],
  },
  {kind: 'step-started', step: {name: 'train', type: 'Training'}, atMs: 0},
  {kind: 'step-ended', step: {name: 'train', type: 'Training', state: 'succeeded', durationSeconds: 2}},
  {kind: 'stopping', execution: 'mjrltdmn6zgd', outlives: false},
  {kind: 'execution-ended', execution: 'mjrltdmn6zgd', status: 'Stopped'},
]

function printed(verbose: boolean): string {
  let text = ''
  const screen = () => ({width: 40, colour: false})
  const write = (chunk: string) => {
    text += chunk
  }
  const reporter = plainReporter(write, {screen, verbose})
  for (const event of events) reporter.report(event)
  reporter.end()
  return text
}

it('without a terminal: lines that stay, whole, one for each step that ended', () => {
  expect(printed(false)).toBe(`\
target local (embedded engine, .mlpipe)
note: instanceType is in no step's cache key
warning: mlpipe.yaml differs from what is deployed
  next: mlpipe deploy
warning: execution aaaaaaaaaaaa of churn lost its process during train, and is marked Failed
  next: mlpipe executions show aaaaaaaaaaaa -f other.yaml
  next: mlpipe run -f other.yaml
execution mjrltdmn6zgd of churn: 2 steps
✓  train    Training    succeeded     2.0 s
stopping execution mjrltdmn6zgd; Ctrl-C again ends it at once
`)
})

it('--verbose adds uploads and starts', () => {
  const added = printed(true)
    .split('\n')
    .filter((line) => !printed(false).includes(line))
  expect(added).toEqual([
    'upload src/train.py -> s3://b/k (10 B)',
    'history: 4 executions, read with 10 calls',
    '>  train    Training    running',
  ])
})

it('the silent reporter takes everything and says nothing', () => {
  for (const event of events) expect(silentReporter.report(event)).toBeUndefined()
})

it.each([
  ['nothing', [], 'waiting for the next step'],
  ['one', [['train', 1000]], 'train 4.0 s'],
  [
    'several',
    [
      ['train', 1000],
      ['evaluate', 4500],
    ],
    'train 4.0 s, evaluate 0.50 s',
  ],
] as const)('the moving line when %s runs', (_name, steps, text) => {
  expect(runningLine(new Map(steps), 5000, 60)).toBe(text)
})

it('the moving line is cut to one line of the terminal', () => {
  const steps = new Map(Array.from({length: 50}, (_, index) => [`step-${index}`, 0]))
  expect(runningLine(steps, 1000, 30)).toBe('step-0 1.0 s, step-1 1.0 s, s…')
})
