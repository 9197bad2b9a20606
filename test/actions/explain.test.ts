// `mlpipe explain`: every topic has an answer, and the examples are true.

import {describe, expect, it} from 'vitest'
import {type ExplainResult, explain} from '../../src/actions/explain.ts'
import {openProject} from '../../src/actions/open-project.ts'
import {diagnosticCodes} from '../../src/diagnostics/diagnostic.ts'
import {writtenKindNames} from '../../src/spec/step-kinds.ts'
import {triggerKindNames} from '../../src/spec/triggers/trigger-kinds.ts'
import {explainView} from '../../src/views/explain.ts'
import {place} from '../support/place.ts'
import {tempDir} from '../support/temp-dir.ts'

const files = {
  'src/prepare.py': '',
  'src/train.py': '',
  'src/serve.py': '',
  'src/evaluate.py': '',
  'src/note.py': '',
  'src/analysis_config.json': '{}',
  'src/report.ipynb': '{"cells": []}',
  'src/lib/query.py': '',
  'data/raw.csv': '1\n',
}

/** With the members that the kind of answer must have. */
function answer<Kind extends ExplainResult['kind']>(kind: Kind, topic?: string) {
  const result = explain(topic)
  if (result.kind !== kind) throw new Error(`${topic} is a ${result.kind}`)
  return result as Extract<ExplainResult, {kind: Kind}>
}

function shown(topic: string | undefined, width = 100): string {
  return explainView.human(explain(topic), {width, colour: false})
}

describe.each(writtenKindNames)('%s', (name) => {
  const found = answer('step-type', name)

  it('has an example that compiles without an error, and that uses the kind', async () => {
    const steps = found.example.replace(/^/gm, '  ').trimEnd()
    expect(found.example).toContain(`type: ${name}`)
    const text = `name: demo\ndefaults: {instance: ml.m5.large}\nsteps:\n${steps}\n`
    const {warnings} = await openProject({}, place(tempDir({...files, 'mlpipe.yaml': text})))
    expect(warnings).toEqual([])
  })

  it('has a sentence, and describes every key', () => {
    expect(found.description).toMatch(/^[a-z].*[^.]$/)
    expect(found.keys.filter(({description}) => description === '')).toEqual([])
  })

  it('says first what it needs', () => {
    const required = found.keys.map(({isRequired}) => isRequired)
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)))
    expect(shown(name)).toMatch(/^ {2}type \*/m)
  })
})

describe.each(triggerKindNames)('triggers.%s', (name) => {
  const found = answer('trigger-kind', `triggers.${name}`)

  it('has an example that compiles without an error, and that uses the kind', async () => {
    const example = found.example.replace(/^/gm, '  ').trimEnd()
    const parameters = '{epochs: 200, rawKey: none, modelPackage: none}'
    const text = `name: demo\nparameters: ${parameters}\nsteps: {done: {type: fail, message: done}}\ntriggers:\n${example}\n`
    const {warnings, compiled} = await openProject({}, place(tempDir({'mlpipe.yaml': text})))
    expect(warnings).toEqual([])
    expect(compiled.triggers.map(({source}) => source.kind)).toEqual([name])
  })

  it('has a sentence, says first what it needs, and describes every key', () => {
    expect(found.description).toMatch(/^starts the pipeline .*[^.]$/)
    expect(found.keys.filter(({description}) => description === '')).toEqual([])
    expect(found.keys.map(({isRequired}) => isRequired).lastIndexOf(true)).toBe(0)
    expect(shown(`triggers.${name}`)).toContain(`  ${name} *`)
  })
})

it('shows a code with its text and both examples', () => {
  const text = shown('unknown-key')
  expect(text).toMatch(/^unknown-key\n {2}The mapping has a key/)
  expect(text).toMatch(/wrong\n[\s\S]* {6}output: \[train\]\n\nright\n[\s\S]* {6}outputs: \[train\]/)
})

it.each([
  ['processing.inputs', 'mapping of names to (value or {from, to,'],
  ['training.hyperparameters', 'mapping of names to value'],
  ['training.retry.backoff', 'number from 1 to 1000'],
  ['condition.if', 'text'],
  ['condition.then', 'text; or a list of these'],
  ['fail.message', 'value'],
  ['processing.cache', 'false or duration such as 30d'],
  ['targets.region', 'text'],
  ['defaults.fingerprint', 'true or false'],
  ['triggers', 'mapping of names to trigger'],
  ['triggers.s3.suffix', 'value'],
  ['triggers.drift.threshold', 'number'],
  ['triggers.event.retry.attempts', 'whole number from 0 to 185'],
  ['parameters.type', 'String, Integer, Float or Boolean'],
])('says what %s takes', (path, form) => {
  expect(answer('key', path).form).toContain(form)
  expect(shown(path).replace(/\s+/g, ' ')).toContain(form)
})

it.each([
  ['unknwon-key', 'did you mean "unknown-key"?', 'mlpipe explain  (lists everything)'],
  ['trainning', 'did you mean "training"?', 'mlpipe explain  (lists everything)'],
  ['training.hyperparams', 'did you mean "training.hyperparameters"?', 'mlpipe explain training  (lists its keys)'],
  ['training.inptus', 'did you mean "training.inputs"?', 'mlpipe explain training  (lists its keys)'],
  ['targets.regoin', 'did you mean "targets.region"?', 'mlpipe explain targets  (lists its keys)'],
  ['triggers.cron', 'did you mean "triggers.schedule"?', 'mlpipe explain triggers  (lists its keys)'],
  ['triggers.s3.sufix', 'did you mean "triggers.s3.suffix"?', 'mlpipe explain triggers.s3  (lists its keys)'],
  ['quantum', 'there is no diagnostic code, step type or key "quantum"', 'mlpipe explain  (lists everything)'],
])('does not know %s, and says what is near', (topic, message, next) => {
  expect(() => explain(topic)).toThrow(
    expect.objectContaining({
      exit: 64,
      code: 'unknown-topic',
      message: expect.stringContaining(message),
      nextSteps: [next],
    }),
  )
})

it('lists everything there is to ask for', () => {
  const index = answer('index')
  expect(index.codes.toSorted()).toEqual([...diagnosticCodes].sort())
  expect(index.stepTypes.map(({name}) => name)).toEqual(writtenKindNames)
  expect(index.triggerKinds.map(({name}) => name)).toEqual(triggerKindNames.map((name) => `triggers.${name}`))
  const named = [...index.stepTypes, ...index.triggerKinds, ...index.keys]
  const topics = [...index.codes, ...named.map(({name}) => name)]
  expect(new Set(topics).size, 'a topic means one thing').toBe(topics.length)
  for (const topic of topics) expect(shown(topic)).toContain(topic)
})

it.each([60, 80, 200])('keeps to %i columns, but for examples', (width) => {
  for (const topic of ['training', 'tuning.ranges', 'triggers.drift', undefined]) {
    const [text = ''] = shown(topic, width).split('\nexample\n')
    const wide = text.split('\n').filter((line) => line.length > width && line.trim().includes(' '))
    expect(wide).toEqual([])
  }
})
