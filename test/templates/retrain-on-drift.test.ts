// The scripts of the template that retrains, run by python3, and its data: they are a model for users. What the pipelines do
// is told in test/e2e/retrain-story.test.ts.

import {execFileSync, spawnSync} from 'node:child_process'
import {copyFileSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {tempDir} from '../support/temp-dir.ts'

const template = fileURLToPath(new URL('../../templates/retrain-on-drift', import.meta.url))
const dataOf = (name: string): string => readFileSync(join(template, 'data', name), 'utf8')

type Result = {readonly status: number | null; readonly stdout: string; readonly stderr: string; readonly optMl: string}

function python(script: string, files: Readonly<Record<string, string>>): Result {
  const optMl = tempDir(files)
  const env = {
    ...{...process.env, MLPIPE_OPT_ML: optMl, SM_MODEL_DIR: join(optMl, 'model')},
    SM_CHANNEL_TRAIN: join(optMl, 'train'),
  }
  return {...spawnSync('python3', [join(template, 'src', script)], {encoding: 'utf8', env}), optMl}
}

const check = (baseline: string, ...files: readonly string[]) =>
  python('check.py', {
    'processing/input/baseline/baseline.csv': baseline,
    ...Object.fromEntries(files.map((text, at) => [`processing/input/new/${at}.csv`, text])),
  })

type Report = {readonly max: number; readonly feature: string; readonly rows: number; readonly features: object}

function reportOf({optMl}: Result): Report {
  return JSON.parse(readFileSync(join(optMl, 'processing/output/report/drift.json'), 'utf8')) as Report
}

it('carries the data that its script draws, to the byte', () => {
  const drawn = tempDir()
  copyFileSync(join(template, 'data/make_data.py'), join(drawn, 'make_data.py'))
  execFileSync('python3', [join(drawn, 'make_data.py')])
  const names = readdirSync(join(template, 'data')).sort()
  expect(readdirSync(drawn).sort()).toEqual(names)
  for (const name of names) expect(readFileSync(join(drawn, name), 'utf8')).toBe(dataOf(name))
})

describe('check.py', () => {
  it('finds no drift in more of the same, and in what has changed the feature that did', () => {
    const steady = reportOf(check(dataOf('baseline.csv'), dataOf('steady.csv')))
    expect(steady.max).toBeLessThan(0.1)
    const drifted = reportOf(check(dataOf('baseline.csv'), dataOf('drifted.csv')))
    expect(drifted).toMatchObject({feature: 'monthly_charge', rows: 600})
    expect(drifted.max).toBeGreaterThan(0.2)
  })

  it('computes the population stability index: by hand, of two parts whose shares are 1/2, 1/2 and 3/4, 1/4', () => {
    // A feature with two values has one cut that both can be told by: (0.25 ln 1.5) + (-0.25 ln 0.5).
    const rows = (share: number) => Array.from({length: 100}, (_, at) => `${at < share ? 0 : 1},${at % 2}`).join('\n')
    const found = reportOf(check(`x,churned\n${rows(50)}\n`, `x,churned\n${rows(75)}\n`))
    expect(found.max).toBeCloseTo(0.25 * Math.log(1.5) - 0.25 * Math.log(0.5), 6)
  })

  it('takes all files of a prefix together, in the columns of the baseline, without the bad rows', () => {
    const [header = '', ...lines] = dataOf('steady.csv').trimEnd().split('\n')
    const turned = (line: string) => line.split(',').reverse().join(',')
    const file = [header, ...lines.slice(0, 60), 'n/a,1,1,1,1,1', '1,2'].map(turned).join('\n')
    const result = check(dataOf('baseline.csv'), file, file)
    expect(result.stdout).toContain('0.csv: 62 rows, 2 of them dropped')
    expect(reportOf(result).rows).toBe(120)
    const batch = readFileSync(join(result.optMl, 'processing/output/batch/batch.csv'), 'utf8').trimEnd().split('\n')
    expect(batch).toEqual([header, ...lines.slice(0, 60), ...lines.slice(0, 60)])
  })

  it.each([
    ['no file', [], 'there is no .csv in the input new'],
    ['a file without the label', ['a,b\n1,2\n'], 'has no column "churned"'],
    ['other columns', ['a,churned\n1,0\n'], 'the columns are a, churned, not tenure'],
    ['too few rows', [dataOf('steady.csv').split('\n').slice(0, 10).join('\n')], 'only 9 good rows'],
  ])('refuses %s, in the exit message', (_name, files, sentence) => {
    const {status, stderr, optMl} = check(dataOf('baseline.csv'), ...files)
    expect(status).toBe(1)
    expect(stderr).not.toContain('Traceback')
    expect(readFileSync(join(optMl, 'output/message'), 'utf8')).toContain(sentence)
  })
})

describe('train.py and evaluate.py', () => {
  function trainAndEvaluate(data: string) {
    const prepared = python('prepare.py', {'processing/input/batch/batch.csv': data})
    const part = (name: string) => readFileSync(join(prepared.optMl, `processing/output/${name}/${name}.csv`), 'utf8')
    const trained = python('train.py', {'train/train.csv': part('train')})
    const packed = tempDir()
    execFileSync('tar', ['-czf', join(packed, 'model.tar.gz'), '-C', join(trained.optMl, 'model'), '.'])
    const optMl = tempDir({'processing/input/test/test.csv': part('test')})
    mkdirSync(join(optMl, 'processing/input/model'), {recursive: true})
    copyFileSync(join(packed, 'model.tar.gz'), join(optMl, 'processing/input/model/model.tar.gz'))
    execFileSync('python3', [join(template, 'src/evaluate.py')], {env: {...process.env, MLPIPE_OPT_ML: optMl}})
    const report = readFileSync(join(optMl, 'processing/output/report/metrics.json'), 'utf8')
    return {trained, metrics: JSON.parse(report) as {accuracy: number; always_the_same: number; rows: number}}
  }

  it('learn from the new customers more than that most of them stay', () => {
    const {trained, metrics} = trainAndEvaluate(dataOf('drifted.csv'))
    expect(metrics.rows).toBe(150)
    expect(metrics.accuracy).toBeGreaterThan(0.75)
    expect(metrics.accuracy).toBeGreaterThan(metrics.always_the_same + 0.1)
    expect(trained.stdout).toMatch(/^epoch=150 accuracy=0\.\d+$/m)
    expect(readdirSync(join(trained.optMl, 'model/code'))).toEqual(['inference.py'])
  })

  it('learn nothing from labels that are the toss of a coin', () => {
    expect(trainAndEvaluate(dataOf('mislabelled.csv')).metrics.accuracy).toBeLessThan(0.65)
  })
})
