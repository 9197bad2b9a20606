// What made which model, told with the built program: executions with other data, other code and other parameters, some of them
// partly cached. Every hash is computed here, from the files as they were when the pipeline was deployed.

import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import type {LineageResult} from '../../src/actions/lineage/lineage-result.ts'
import {type Stage, stages} from '../support/stage.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = `
name: rows
parameters: {rounds: 1, scale: 2}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large, cache: 30d}
steps:
  prepare:
    type: processing
    code: prepare.py
    env: {SCALE: "\${parameters.scale}"}
    inputs: {raw: data/rows.csv}
    outputs: [out]
  train:
    type: training
    code: train.py
    hyperparameters: {rounds: "\${parameters.rounds}"}
    inputs: {train: "\${steps.prepare.outputs.out}"}
  register: {type: register, group: rows, model: "\${steps.train.model}"}
`

const prepare = `import os
text = open('/opt/ml/processing/input/raw/rows.csv').read()
open('/opt/ml/processing/output/out/rows.csv', 'w').write(text * int(os.environ['SCALE']))
`
const train = (word: string) => `import os
text = open(os.path.join(os.environ['SM_CHANNEL_TRAIN'], 'rows.csv')).read()
open(os.path.join(os.environ['SM_MODEL_DIR'], 'model.txt'), 'w').write(text + '${word}' + os.environ['SM_HP_ROUNDS'])
`
const rows = {first: '1\n2\n', second: '3\n4\n', third: '5\n6\n'}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
/** Of the one file in an archive of code. */
const archived = (name: string, text: string) => sha256(`${name}\0${sha256(text)}\n`)

describe.each(stages)('on %s', (_name, open) => {
  let stage: Stage
  let project: string
  beforeEach(async () => {
    stage = await open()
    project = tempDir({
      'mlpipe.yaml': spec,
      'prepare.py': prepare,
      'train.py': train('a'),
      'data/rows.csv': rows.first,
      '.gitignore': '.mlpipe/\n',
    })
    stage.prepare(join(project, 'mlpipe.yaml'))
  })

  function json<Document>(...args: string[]): Document {
    const {exit, stdout, stderr} = stage.mlpipe(project, ...args, '--json')
    if (exit !== 0) throw new Error(`${args.join(' ')}: ${stderr}${stdout}`)
    return JSON.parse(stdout) as Document
  }

  const run = (...args: string[]) => json<{execution: string}>('run', ...args).execution
  const lineage = (...args: string[]) => json<LineageResult>('lineage', ...args)
  const write = (name: string, text: string) => writeFileSync(join(project, name), text)
  const models = ({models: found}: LineageResult) => found.map(({model}) => model).sort()

  function git(...args: string[]): string {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b']
    return execFileSync('git', ['-C', project, ...who, ...args], {encoding: 'utf8'}).trim()
  }

  function commit(message: string): string {
    git('add', '.')
    git('commit', '-qm', message)
    return git('rev-parse', 'HEAD')
  }

  /** What really ran where, and what it took, as the lineage of a model has it. */
  function facts(model: string) {
    const {steps, executions} = lineage(model)
    return {
      ran: Object.fromEntries(steps.map(({step, execution}) => [step, execution])),
      data: steps.flatMap(({inputs}) => inputs.flatMap(({content}) => content?.value ?? [])),
      code: steps.flatMap(({code}) => code.flatMap(({content}) => content?.value ?? [])),
      parameters: Object.fromEntries(
        steps.flatMap(({step, parameters}) => parameters.map(({name, value}) => [`${step} ${name}`, value])),
      ),
      executions: executions.map(({execution}) => execution),
    }
  }

  it('every model names exactly what made it, and every file the models that came of it', () => {
    git('init', '-q')
    const commitA = commit('a')
    json('deploy')
    const first = run()
    const second = run('--param', 'rounds=5')

    write('train.py', train('b'))
    const commitB = commit('b')
    write('notes.txt', 'not committed')
    json('deploy')
    const third = run()

    write('data/rows.csv', rows.second)
    json('deploy')
    const fourth = run('--param', 'scale=3')

    // The data as it was when they ran, not as it is now.
    write('data/rows.csv', rows.third)
    const [prepareCode, codeA, codeB] = [
      sha256(prepare),
      archived('train.py', train('a')),
      archived('train.py', train('b')),
    ]
    expect(facts('rows/1')).toEqual({
      ran: {prepare: first, train: first, register: first},
      data: [sha256(rows.first)],
      code: [prepareCode, codeA],
      parameters: {'prepare scale': '2', 'train rounds': '1'},
      executions: [first],
    })
    expect(facts('rows/2')).toEqual({
      ran: {prepare: first, train: second, register: second},
      data: [sha256(rows.first)],
      code: [prepareCode, codeA],
      parameters: {'prepare scale': '2', 'train rounds': '5'},
      executions: [second, first],
    })
    expect(facts('rows/3')).toEqual({
      ran: {prepare: first, train: third, register: third},
      data: [sha256(rows.first)],
      code: [prepareCode, codeB],
      parameters: {'prepare scale': '2', 'train rounds': '1'},
      executions: [third, first],
    })
    expect(facts('rows/4')).toEqual({
      ran: {prepare: fourth, train: fourth, register: fourth},
      data: [sha256(rows.second)],
      code: [prepareCode, codeB],
      parameters: {'prepare scale': '3', 'train rounds': '1'},
      executions: [fourth],
    })

    // The tags of the pipeline tell of its last deploy only.
    const {executions} = lineage('rows/3')
    expect(executions).toMatchObject([
      {execution: third, origin: {gitCommit: commitB, gitDirty: true, from: 'note'}},
      {execution: first, origin: {gitCommit: commitA, gitDirty: false, from: 'note'}},
    ])

    const changed = lineage('data/rows.csv')
    expect(models(changed)).toEqual(['rows/1', 'rows/2', 'rows/3', 'rows/4'])
    expect([...changed.notes].sort()).toEqual(
      [
        {id: first, used: rows.first},
        {id: fourth, used: rows.second},
      ]
        .map(
          ({id, used}) =>
            `data/rows.csv has changed since: execution ${id} used sha256:${sha256(used).slice(0, 12)}, it is sha256:${sha256(rows.third).slice(0, 12)} now`,
        )
        .sort(),
    )
    expect(changed.took?.map(({execution, sha256: then}) => [execution, then])).toEqual([
      [first, sha256(rows.first)],
      [fourth, sha256(rows.second)],
    ])

    write('data/rows.csv', rows.first)
    expect(models(lineage('data/rows.csv', '--downstream'))).toEqual(['rows/1', 'rows/2', 'rows/3'])
    write('data/rows.csv', rows.second)
    expect(models(lineage('data/rows.csv', '--downstream'))).toEqual(['rows/4'])
    expect(models(lineage('train.py', '--downstream'))).toEqual(['rows/3', 'rows/4'])
    write('train.py', train('a'))
    expect(models(lineage('./train.py', '--downstream'))).toEqual(['rows/1', 'rows/2'])
    expect(models(lineage('prepare.py', '--downstream'))).toEqual(['rows/1', 'rows/2', 'rows/3', 'rows/4'])
    expect(models(lineage(second, '--downstream'))).toEqual(['rows/2'])
    expect(models(lineage(first, '--downstream'))).toEqual(['rows/1', 'rows/2', 'rows/3'])

    // The file of a model, and what lies behind it.
    const [made] = lineage('rows/2').models
    const file = lineage(made?.modelDataUrl ?? '')
    expect(file.direction).toBe('upstream')
    expect(file.steps.map(({step, execution}) => [step, execution])).toEqual([
      ['prepare', first],
      ['train', second],
    ])
  })
})
