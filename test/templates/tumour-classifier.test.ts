// The scripts of the default template, run by python3 in a laid-out /opt/ml of their own: they are a model for users.
import {execFileSync, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {tempDir} from '../support/temp-dir.ts'

const template = fileURLToPath(new URL('../../templates/tumour-classifier', import.meta.url))
const dataPath = join(template, 'data/wdbc.csv')
const [header = '', ...dataLines] = readFileSync(dataPath, 'utf8').trimEnd().split('\n')

type Result = {readonly status: number | null; readonly stdout: string; readonly stderr: string}

function python(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Result {
  return spawnSync('python3', [join(template, 'src', script), ...args], {
    encoding: 'utf8',
    env: {...process.env, ...env},
  })
}

/** Runs prepare.py on a file of this text. */
function prepare(text: string, ...args: string[]): Result & {readonly optMl: string} {
  const optMl = tempDir({'processing/input/raw/patients.csv': text})
  return {...python('prepare.py', args, {MLPIPE_OPT_ML: optMl}), optMl}
}

function train(trainCsv: string, ...args: string[]): Result & {readonly directory: string} {
  const directory = tempDir({'train/train.csv': trainCsv})
  const env = {
    SM_MODEL_DIR: join(directory, 'model'),
    SM_CHANNEL_TRAIN: join(directory, 'train'),
    SM_OUTPUT_DIR: join(directory, 'output'),
  }
  return {...python('train.py', args, env), directory}
}

function outputOf(optMl: string, name: string): string {
  return readFileSync(join(optMl, 'processing/output', name, `${name}.csv`), 'utf8')
}

const csv = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`

it('carries the data of its source, 569 patients, 357 of them benign', () => {
  expect(dataLines).toHaveLength(569)
  expect(dataLines.filter((line) => line.endsWith(',1'))).toHaveLength(357)
  expect(readFileSync(join(template, 'data/README.md'), 'utf8')).toMatch(
    /UCI Machine Learning Repository[\s\S]*CC BY 4\.0/,
  )
})

describe('prepare.py', () => {
  it('splits four to one, keeps the mix of both classes and loses no row', () => {
    const {stdout, optMl} = prepare(readFileSync(dataPath, 'utf8'))
    const rows = ['train', 'test'].map((name) => outputOf(optMl, name).trimEnd().split('\n').slice(1))

    expect(rows.map((part) => part.length)).toEqual([456, 113])
    expect(rows.map((part) => part.filter((row) => row.endsWith(',1')).length)).toEqual([286, 71])
    expect(rows.flat().sort()).toEqual([...dataLines].sort())
    expect(stdout).toContain('dropped 0 incomplete and 0 duplicate rows, kept 569')
  })

  it('gives the same bytes for the same seed, and others for another', () => {
    const text = readFileSync(dataPath, 'utf8')
    const digest = (seed: string): string =>
      createHash('sha256')
        .update(outputOf(prepare(text, '--seed', seed).optMl, 'test'))
        .digest('hex')
    expect(digest('7')).toBe(digest('7'))
    expect(digest('8')).not.toBe(digest('7'))
  })

  it('drops duplicate rows and rows with a gap, a word or another label, and says so', () => {
    const first = dataLines[0] ?? ''
    const bad = [first, first.replace(/^[^,]*/, ''), first.replace(/^[^,]*/, 'n/a'), first.replace(/.$/, '2'), '1,2,3']
    const {status, stdout} = prepare(csv([...dataLines.slice(0, 60), ...bad]))
    expect(status).toBe(0)
    expect(stdout).toContain('dropped 4 incomplete and 1 duplicate rows, kept 60')
  })

  it.each([
    ['an empty file', '', 'is empty'],
    ['a header without the label', 'a,b\n1,2\n', 'has no column "benign"; its first line reads: a,b'],
    ['too few rows of a class', csv(dataLines.slice(0, 3)), 'too few to split'],
  ])('refuses %s, on stderr and in the exit message', (_name, text, sentence) => {
    const {status, stderr, optMl} = prepare(text)
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('Traceback')
    expect(readFileSync(join(optMl, 'output/message'), 'utf8')).toContain(sentence)
  })
})

describe('train.py', () => {
  it('prints lines that the metrics of the spec can be read from, with a falling loss', () => {
    const {status, stdout} = train(csv(dataLines.slice(0, 200)), '--epochs', '30')
    const losses = [...stdout.matchAll(/loss=([0-9.]+)/g)].map((match) => Number(match[1]))
    expect(status).toBe(0)
    expect(losses).toHaveLength(4)
    expect(losses).toEqual([...losses].sort((a, b) => b - a))
    expect(stdout).toMatch(/accuracy=0\.9\d+/)
  })

  it('writes a model with a weight for each feature', () => {
    const {directory} = train(csv(dataLines.slice(0, 60)), '--epochs', '2')
    const model = JSON.parse(readFileSync(join(directory, 'model/model.json'), 'utf8')) as Record<string, unknown[]>
    expect(model.features).toEqual(header.split(',').slice(0, 30))
    expect(model.weights).toHaveLength(30)
  })

  it('refuses zero epochs, with the reason where SageMaker looks for it', () => {
    const {status, directory} = train(csv(dataLines.slice(0, 20)), '--epochs', '0')
    expect(status).toBe(1)
    expect(readFileSync(join(directory, 'output/failure'), 'utf8')).toBe('epochs must be 1 or more, not 0')
  })
})

describe('evaluate.py', () => {
  /** One feature, weight 1: a patient's probability of being benign is sigmoid(x). */
  const model = {features: ['x'], means: [0], deviations: [1], weights: [1], bias: 0}

  function evaluate(packed: Readonly<Record<string, string>>, testCsv: string): Result & {readonly optMl: string} {
    const optMl = tempDir({'processing/input/test/test.csv': testCsv})
    const files = tempDir(packed)
    mkdirSync(join(optMl, 'processing/input/model'), {recursive: true})
    execFileSync('tar', ['-czf', join(optMl, 'processing/input/model/model.tar.gz'), '-C', files, '.'])
    return {...python('evaluate.py', [], {MLPIPE_OPT_ML: optMl}), optMl}
  }

  it('counts by hand-made cases: one malignant tumour of three missed, one false alarm among five benign', () => {
    const rows = ['-3,0', '-2,0', '1,0', '-1,1', '2,1', '3,1', '4,1', '5,1']
    const {optMl} = evaluate({'model.json': JSON.stringify(model)}, `x,benign\n${rows.join('\n')}\n`)
    const metrics: unknown = JSON.parse(readFileSync(join(optMl, 'processing/output/report/metrics.json'), 'utf8'))
    expect(metrics).toEqual({
      accuracy: 0.75,
      precision: 0.666667,
      recall: 0.666667,
      // Of the 15 pairs, only the missed one (1) scores above a benign one (-1).
      auc: 0.933333,
      rows: 8,
      confusion: {malignant: {malignant: 2, benign: 1}, benign: {malignant: 1, benign: 4}},
    })
  })

  it.each([
    ['a model archive without the model', {'other.txt': 'x'}, 'x,benign\n1,1\n', 'holds no model.json'],
    ['a test set without a feature', {'model.json': JSON.stringify(model)}, 'y,benign\n1,1\n', 'was trained on: x'],
  ])('refuses %s', (_name, packed, testCsv, sentence) => {
    const {status, stderr} = evaluate(packed, testCsv)
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('Traceback')
  })
})

describe('inference.py', () => {
  /** By hand: the probability is sigmoid((x - 2) / 2 + (y - 1)). */
  const model = {features: ['x', 'y'], means: [2, 1], deviations: [2, 1], weights: [1, 1], bias: 0}

  /** What the four functions make of a body, called as the containers call them. */
  function answer(body: string, contentType: string, accept: string): Result {
    const directory = tempDir({'model.json': JSON.stringify(model)})
    const call = [
      'import sys; sys.path.insert(0, sys.argv[1])',
      'from inference import model_fn, input_fn, predict_fn, output_fn',
      'rows = input_fn(sys.argv[3], sys.argv[4])',
      'print(output_fn(predict_fn(rows, model_fn(sys.argv[2])), sys.argv[5]), end="")',
    ].join('\n')
    const argv = ['-c', call, join(template, 'src'), directory, body, contentType, accept]
    return spawnSync('python3', argv, {encoding: 'utf8', env: {...process.env, PYTHONDONTWRITEBYTECODE: '1'}})
  }

  it.each([
    ['lines of CSV', '2,1\n4,2\n', 'text/csv', 'text/csv', '0.500000\n0.880797\n'],
    ['objects by name', '[{"y": 1, "x": 2}]', 'application/json', 'application/json', '[{"benign": 0.5}]'],
    ['CSV for JSON', '4,2', 'text/csv', 'application/json', '[{"benign": 0.880797}]'],
  ])('answers %s', (_name, body, contentType, accept, expected) => {
    expect(answer(body, contentType, accept)).toMatchObject({stdout: expected, stderr: ''})
  })

  it.each([
    ['a patient with too little', '2', 'text/csv', 'expected 2 measurements, found 1'],
    ['a patient without a feature', '[{"x": 2}]', 'application/json', 'the patient lacks y'],
    ['a picture', 'x', 'image/png', 'expected text/csv or application/json, not image/png'],
  ])('refuses %s', (_name, body, contentType, sentence) => {
    expect(answer(body, contentType, 'text/csv').stderr).toContain(sentence)
  })
})

it('the three scripts together reach at least 0.95 accuracy on unseen patients', () => {
  const prepared = prepare(readFileSync(dataPath, 'utf8'), '--seed', '7')
  const trained = train(outputOf(prepared.optMl, 'train'))
  const optMl = tempDir({'processing/input/test/test.csv': outputOf(prepared.optMl, 'test')})
  const packed = join(optMl, 'processing/input/model')
  mkdirSync(packed, {recursive: true})
  execFileSync('tar', ['-czf', join(packed, 'model.tar.gz'), '-C', join(trained.directory, 'model'), '.'])

  expect(python('evaluate.py', [], {MLPIPE_OPT_ML: optMl}).status).toBe(0)
  const text = readFileSync(join(optMl, 'processing/output/report/metrics.json'), 'utf8')
  expect((JSON.parse(text) as {accuracy: number}).accuracy).toBeGreaterThan(0.95)
})
