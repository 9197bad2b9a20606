// A gate that asks for the champion, with the built program: the first model gets in, is approved, and from then on every
// execution is held to it, whoever starts it.

import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {serving} from '../support/serving.ts'
import {stages} from '../support/stage.ts'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** The accuracy is what the parameter ends in, so that the key of an object can say it. */
const spec = `\
name: tumours
parameters:
  accuracy: {type: String, default: in/0.95}
steps:
  evaluate:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    command: [bash, -c, 'echo "{\\"accuracy\\": $\${0##*/}}" > "$MLPIPE_OPT_ML/processing/output/report/metrics.json"', "\${parameters.accuracy}"]
    outputs: [report]
    reports: {metrics: report/metrics.json}
  gate:
    type: condition
    gate: [accuracy >= 0.8, accuracy >= champion - 0.01]
    then: [register]
    else: [reject]
  register:
    type: register
    group: tumours
    model: s3://lake/model.tar.gz
    image: sklearn:1.2-1
    metrics: \${steps.evaluate.reports.metrics.path}
  reject: {type: fail, message: not good enough}
triggers:
  new-data:
    s3: s3://\${target.bucket}/in/
    parameters: {accuracy: $.detail.object.key}
`

type Report = {
  readonly status: string
  readonly notes: readonly string[]
  readonly models: readonly {readonly model: string}[]
  readonly conditions: readonly {readonly result: boolean; readonly comparisons: readonly {readonly told: string}[]}[]
}

const toldIn = ({conditions}: Report) => conditions.flatMap(({comparisons}) => comparisons.map(({told}) => told))

describe.each(stages)('a gate that asks for the champion, on %s', (_name, open) => {
  it('lets in the first model, then only who is as good as what was approved last', {timeout: 300_000}, async () => {
    const stage = await open()
    const cwd = tempDir({'mlpipe.yaml': spec})
    stage.prepare(join(cwd, 'mlpipe.yaml'))
    const mlpipe = (exit: number, ...args: string[]): Report => {
      const ran = stage.mlpipe(cwd, ...args, '--json')
      expect({exit: ran.exit, stderr: ran.stderr}, ran.stdout).toEqual({exit, stderr: ''})
      return JSON.parse(ran.stdout) as Report
    }
    const run = (exit: number, accuracy: string) => mlpipe(exit, 'run', '--param', `accuracy=in/${accuracy}`)

    mlpipe(0, 'deploy')
    const first = run(0, '0.95')
    expect(first.models).toMatchObject([{model: 'tumours/1'}])
    expect(first.notes).toContainEqual(
      'gate: accuracy >= champion - 0.01 holds for every model: tumours has no approved version',
    )
    // Nobody has approved it: it is no champion.
    expect(run(0, '0.85').models).toMatchObject([{model: 'tumours/2'}])

    expect(mlpipe(0, 'models', 'approve', 'tumours/1')).toMatchObject({
      gates: [{gate: 'gate', champion: {model: 'tumours/1'}, requirements: [{champion: 0.95, threshold: 0.94}]}],
    })
    const worse = run(1, '0.93')
    expect(toldIn(worse)).toEqual([
      'accuracy 0.93 >= 0.8',
      'accuracy 0.93 is not >= 0.94 (champion tumours/1: 0.95 - 0.01)',
    ])
    expect(worse.models).toEqual([])
    expect(run(0, '0.94').models).toMatchObject([{model: 'tumours/3'}])
    expect(run(0, '0.97').models).toMatchObject([{model: 'tumours/4'}])

    // What decided an earlier execution is told by what was in force then.
    mlpipe(0, 'models', 'approve', 'tumours/4')
    expect(toldIn(run(1, '0.95'))).toContainEqual('accuracy 0.95 is not >= 0.96 (champion tumours/4: 0.97 - 0.01)')
    const [, id = ''] = /"execution": "(\w+)"/.exec(JSON.stringify(worse, undefined, 1)) ?? []
    expect(toldIn(mlpipe(0, 'executions', 'show', id))).toEqual(toldIn(worse))

    // The one that was approved before it is the champion again.
    mlpipe(0, 'models', 'reject', 'tumours/4')
    expect(run(0, '0.95').models).toMatchObject([{model: 'tumours/5'}])
  })
})

it('an execution that an object starts is held to the champion too', {timeout: 300_000}, async () => {
  const cwd = tempDir({'mlpipe.yaml': spec})
  const mlpipe = (...args: string[]) => {
    const {stdout} = spawnSync(process.execPath, [program, ...args, '--json'], {cwd, encoding: 'utf8'})
    return JSON.parse(stdout)
  }
  mlpipe('deploy', '--triggers', '--yes')
  const {endpoint} = await serving(cwd)
  let seen = 0
  const putAndWait = async (accuracy: string): Promise<Report> => {
    await fetch(`${endpoint}/mlpipe-local/in/${accuracy}`, {method: 'PUT', body: 'x'})
    for (;;) {
      const {executions} = mlpipe('executions', 'list') as {executions: {execution: string; status: string}[]}
      const [newest] = executions
      if (executions.length > seen && newest && !['Executing', 'Stopping'].includes(newest.status)) {
        seen = executions.length
        return mlpipe('executions', 'show', newest.execution)
      }
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
  expect((await putAndWait('0.90')).models).toMatchObject([{model: 'tumours/1'}])
  expect(mlpipe('models', 'approve')).toMatchObject({gates: [{requirements: [{threshold: 0.89}]}]})
  const worse = await putAndWait('0.88')
  expect(worse).toMatchObject({status: 'Failed', models: []})
  expect(toldIn(worse)).toContainEqual('accuracy 0.88 is not >= 0.89 (champion tumours/1: 0.9 - 0.01)')
  expect((await putAndWait('0.91')).models).toMatchObject([{model: 'tumours/2'}])
})
