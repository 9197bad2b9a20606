// The main job, told with the built program: what reruns and what is reused when something changes.

import {readFileSync, renameSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {type Stage, stages} from '../support/stage.ts'
import {tempDir} from '../support/temp-dir.ts'

type Step = {readonly name: string; readonly state: string}
type Run = {
  readonly exit: number | null
  readonly stderr: string
  readonly document: {
    readonly execution: string
    readonly steps: readonly Step[]
    readonly models: readonly {readonly model: string}[]
    readonly reports: readonly {readonly step: string; readonly values: readonly {path: string; value: number}[]}[]
    readonly failure?: {readonly step?: string; readonly reason: string; readonly log: readonly string[]}
  }
}

/** `prepare=cached train=succeeded …`, without the steps that never ran. */
function states({document}: Run): string {
  const ran = document.steps.filter(({state}) => state !== 'not-run')
  return ran.map(({name, state}) => `${name}=${state}`).join(' ')
}

const allCached = 'prepare=cached train=cached evaluate=cached gate=succeeded register=succeeded'
const trainReran = 'prepare=cached train=succeeded evaluate=succeeded gate=succeeded register=succeeded'
const allRan = 'prepare=succeeded train=succeeded evaluate=succeeded gate=succeeded register=succeeded'

// A step that goes wrong: the script, the step that fails, and what is said. One spec, one script, no AWS wording of ours.
const spec = `
name: unlucky
defaults: {image: "sklearn:1.2-1", timeout: 2s}
steps:
  make: {type: processing, code: make.py, outputs: [out], reports: {numbers: out/numbers.json}}
  check: {type: condition, if: steps.make.reports.numbers.x > 1, then: [stop]}
  stop: {type: fail, message: "x is \${steps.make.reports.numbers.x}"}
`
const report = '/opt/ml/processing/output/out/numbers.json'

describe.each(stages)('on %s', (_name, open) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
  })

  const mlpipe = (cwd: string, ...args: string[]) => stage.mlpipe(cwd, ...args)

  function run(cwd: string, ...args: string[]): Run {
    const {exit, stdout, stderr} = mlpipe(cwd, 'run', '--json', ...args)
    return {exit, stderr, document: JSON.parse(stdout) as Run['document']}
  }

  function deploy(cwd: string): string {
    const {exit, stdout, stderr} = mlpipe(cwd, 'deploy', '--json')
    if (exit !== 0) throw new Error(stderr + stdout)
    return (JSON.parse(stdout) as {outcome: string}).outcome
  }

  /** A new project from the template. */
  function tumours(): {root: string; project: string} {
    const root = tempDir()
    const project = join(root, 'tumour')
    expect(mlpipe(root, 'init', 'tumour').exit).toBe(0)
    stage.prepare(join(project, 'mlpipe.yaml'))
    return {root, project}
  }

  function projectOf(files: Readonly<Record<string, string>>): string {
    const project = tempDir(files)
    stage.prepare(join(project, 'mlpipe.yaml'))
    return project
  }

  it('the tumour classifier: what reruns, what is reused, and what is said about it', () => {
    const {root, project} = tumours()
    expect(deploy(project)).toBe('created')

    const first = run(project)
    expect(first.exit).toBe(0)
    expect(states(first)).toBe(allRan)
    const accuracy = first.document.reports[0]?.values.find(({path}) => path === 'accuracy')?.value ?? 0
    expect(accuracy).toBeGreaterThan(0.93)
    expect(first.document.models).toMatchObject([{model: 'tumour-classifier/1'}])

    expect(states(run(project))).toBe(allCached)

    const gated = run(project, '--param', 'minAccuracy=0.9999')
    expect(gated.exit).toBe(1)
    expect(states(gated)).toBe('prepare=cached train=cached evaluate=cached gate=succeeded reject=failed')
    expect(gated.document.failure?.reason).toMatch(new RegExp(`accuracy ${accuracy}\\d* is below 0.9999`))

    expect(states(run(project, '--param', 'instanceType=ml.m5.xlarge'))).toBe(allCached)
    const told = mlpipe(project, 'run', '--param', 'instanceType=ml.m5.xlarge')
    expect(told.stderr).toMatch(/instanceType is in no step's cache key/)

    expect(states(run(project, '--param', 'epochs=50'))).toBe(trainReran)

    const script = join(project, 'src/train.py')
    writeFileSync(script, `${readFileSync(script, 'utf8')}\n# another thought\n`)
    expect(deploy(project)).toBe('updated')
    expect(states(run(project))).toBe(trainReran)

    const data = join(project, 'data/wdbc.csv')
    const lines = readFileSync(data, 'utf8').split('\n')
    writeFileSync(data, lines.map((line, index) => (index === 5 ? line.replace(/^[\d.]+/, '11.9') : line)).join('\n'))
    expect(deploy(project)).toBe('updated')
    expect(states(run(project))).toBe(allRan)

    for (const file of [script, data]) utimesSync(file, 1, 1)
    const moved = join(root, 'elsewhere')
    renameSync(project, moved)
    expect(deploy(moved)).toBe('unchanged')
    expect(states(run(moved))).toBe(allCached)
  })

  it('--no-cache forces a step and what comes of it, and leaves the pipeline as it was', () => {
    const {project} = tumours()
    deploy(project)
    run(project)

    expect(states(run(project, '--no-cache', 'train'))).toBe(trainReran)
    expect(deploy(project)).toBe('unchanged')
    // The forced result has the same key, and is the latest with it.
    expect(states(run(project))).toBe(allCached)
    expect(states(run(project, '--no-cache', 'all'))).toBe(allRan)

    const wrong = mlpipe(project, 'run', '--no-cache', 'trian')
    expect(wrong.exit).toBe(64)
    expect(wrong.stderr).toContain('did you mean "train"?')
  })

  it.each([
    ['exits 3', 'print("before"); raise SystemExit(3)', 'make', /Exit code: 3/],
    [
      'writes no output',
      'print("nothing")',
      'check',
      /"numbers" \(numbers\.json in output "out" of step "make"\) is missing/,
    ],
    ['writes invalid JSON', `open("${report}", "w").write('{"x": 1,')`, 'check', /is not valid JSON/],
    ['leaves out the value', `open("${report}", "w").write('{"y": 1}')`, 'check', /"x" is not in/],
    [
      'hangs past its timeout',
      'print("before", flush=True); import time; time.sleep(600)',
      'make',
      /limit of 2 seconds/,
    ],
    ['writes what the gate refuses', `open("${report}", "w").write('{"x": 7}')`, 'stop', /^x is 7$/],
  ])('a script that %s fails the run with the reason', (_name, script, step, reason) => {
    const project = projectOf({'mlpipe.yaml': spec, 'make.py': `${script}\n`})
    deploy(project)
    const {exit, document} = run(project)
    expect(exit).toBe(1)
    expect(document.failure?.step).toBe(step)
    expect(document.failure?.reason).toMatch(reason)
    if (script.includes('before')) expect(document.failure?.log).toContain('before')
  })

  it('a parameter without a default must be given, and nothing starts without it', () => {
    const project = projectOf({
      'mlpipe.yaml':
        'name: demo\nparameters: {word: {type: String}}\nsteps:\n  stop: {type: fail, message: "${parameters.word}"}\n',
    })
    deploy(project)
    const {exit, stdout} = mlpipe(project, 'run', '--json')
    expect(exit).toBe(64)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'wrong-parameters'}})
    expect(mlpipe(project, 'executions', 'list', '--json').stdout).toMatch(/"executions": \[\]/)
    expect(run(project, '--param', 'word=enough').document.failure?.reason).toBe('enough')
  })
})
