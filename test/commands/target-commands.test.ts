// Commands against the real engine, through the real SDK: deploy, run, and everything that looks at what happened.
import {existsSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import Deploy from '../../src/commands/deploy.ts'
import ExecutionsList from '../../src/commands/executions/list.ts'
import ExecutionsLogs from '../../src/commands/executions/logs.ts'
import ExecutionsShow from '../../src/commands/executions/show.ts'
import ExecutionsStop from '../../src/commands/executions/stop.ts'
import LocalReset from '../../src/commands/local/reset.ts'
import ModelsApprove from '../../src/commands/models/approve.ts'
import ModelsList from '../../src/commands/models/list.ts'
import ModelsReject from '../../src/commands/models/reject.ts'
import ModelsShow from '../../src/commands/models/show.ts'
import Run from '../../src/commands/run.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const spec = `\
name: churn
parameters:
  instanceType: ml.m5.large
  epochs: 2
  minAccuracy: 0.5
defaults:
  image: sklearn:1.2-1
  instance: \${parameters.instanceType}
  cache: 30d
steps:
  train:
    type: training
    code:
      dir: src
      entry: train.py
    hyperparameters:
      epochs: \${parameters.epochs}
  evaluate:
    type: processing
    code: evaluate.py
    inputs:
      model: \${steps.train.model}
    outputs: [report]
    reports:
      metrics: report/metrics.json
  gate:
    type: condition
    if: steps.evaluate.reports.metrics.accuracy >= parameters.minAccuracy
    then: [register]
    else: [reject]
  register:
    type: register
    group: churn
    model: \${steps.train.model}
  reject:
    type: fail
    message: accuracy \${steps.evaluate.reports.metrics.accuracy} is below \${parameters.minAccuracy}
`

const train = `\
import os, sys
epochs = int(sys.argv[sys.argv.index('--epochs') + 1])
print('epochs', epochs, flush=True)
if epochs == 13:
    sys.exit('unlucky')
open(os.path.join(os.environ['SM_MODEL_DIR'], 'model.txt'), 'w').write('m')
`

const evaluate = `\
import json
json.dump({'accuracy': 0.75, 'rows': 4}, open('/opt/ml/processing/output/report/metrics.json', 'w'))
print('evaluated')
`

function makeProject() {
  const directory = tempDir({'mlpipe.yaml': spec, 'src/train.py': train, 'evaluate.py': evaluate})
  const file = join(directory, 'mlpipe.yaml')
  const at =
    (command: Parameters<typeof runCommand>[0], id: string) =>
    (...argv: string[]) =>
      runCommand(command, id, [...argv, '-f', file])
  return {
    directory,
    deploy: at(Deploy, 'deploy'),
    run: at(Run, 'run'),
    list: at(ExecutionsList, 'executions:list'),
    show: at(ExecutionsShow, 'executions:show'),
    logs: at(ExecutionsLogs, 'executions:logs'),
    stop: at(ExecutionsStop, 'executions:stop'),
    models: at(ModelsList, 'models:list'),
    model: at(ModelsShow, 'models:show'),
    approve: at(ModelsApprove, 'models:approve'),
    reject: at(ModelsReject, 'models:reject'),
    reset: at(LocalReset, 'local:reset'),
  }
}

const parsed = ({stdout}: {stdout: string}) => JSON.parse(stdout)

it('before a deploy every command says how to deploy', async () => {
  const project = makeProject()
  for (const command of [project.run, project.list, project.show, project.models]) {
    const {stderr, exitCode} = await command()
    expect(stderr).toContain('error: the pipeline "churn" is not deployed to this target')
    expect(stderr).toContain('next: mlpipe deploy')
    expect(exitCode).toBe(64)
  }
})

it('deploy, run, run again from the cache, and look at all of it', async () => {
  const project = makeProject()
  const deployed = await project.deploy()
  expect(deployed.stderr.split('\n')[0]).toMatch(/^target local \(embedded engine, .*\.mlpipe\)$/)
  expect(deployed.stdout).toMatch(/^pipeline +churn created$/m)
  expect((await project.deploy()).stdout).toMatch(/^pipeline +churn unchanged$/m)

  const first = await project.run()
  expect(first.exitCode).toBe(0)
  expect(first.stderr).toMatch(/^✓ {2}train {5}Training {7}succeeded/m)
  expect(first.stderr).toMatch(/^✓ {2}gate {6}Condition {6}succeeded .* true -> register$/m)
  expect(first.stdout).toMatch(/^steps +4 ran, 1 not run$/m)
  expect(first.stdout).toMatch(/^report +evaluate: accuracy 0\.75, rows 4$/m)
  expect(first.stdout).toMatch(/^model +churn\/1 \(PendingManualApproval\)$/m)
  expect(first.stdout).toMatch(/^ {2}mlpipe models approve churn\/1 -f .*mlpipe\.yaml$/m)

  const second = await project.run()
  expect(second.stderr).toMatch(/^= {2}train {5}Training {7}cached .* from [a-z0-9]{12}, just now$/m)
  expect(second.stdout).toMatch(/^steps +2 ran, 2 cached, 1 not run$/m)

  const executions = parsed(await project.list('--json')).executions
  expect(executions).toHaveLength(2)
  const [latest, earlier] = executions
  expect(parsed(await project.show('--json'))).toMatchObject({
    formatVersion: 1,
    execution: latest.execution,
    status: 'Succeeded',
    steps: [
      {name: 'train', state: 'cached', cachedFrom: {execution: earlier.execution}},
      {name: 'evaluate', state: 'cached'},
      {name: 'gate', outcome: {result: true, branch: ['register']}},
      {name: 'register', registered: {model: 'churn/2'}},
      {name: 'reject', state: 'not-run'},
    ],
  })
  expect((await project.show(earlier.execution.slice(0, 6))).stdout).toContain(earlier.execution)
  expect((await project.logs('--step', 'train')).stdout).toBe('epochs 2\n')
  expect((await project.logs('--follow')).stdout).toContain('evaluate | evaluated\n')
  expect((await project.logs('--step', 'trian')).stderr).toContain('did you mean "train"?')
  expect((await project.stop()).stdout).toBe(`${latest.execution} had already ended: Succeeded\n`)

  expect((await project.approve('churn/1', '--reason', 'checked')).stdout).toBe(
    'churn/1 is Approved (was PendingManualApproval)\n',
  )
  expect((await project.reject()).stdout).toBe('churn/2 is Rejected (was PendingManualApproval)\n')
  expect((await project.models()).stdout).toMatch(/^churn\/2 +Rejected .*\nchurn\/1 +Approved /m)
  expect(parsed(await project.model('churn/1', '--json'))).toMatchObject({
    model: 'churn/1',
    approval: 'Approved',
    approvalDescription: 'checked',
    execution: earlier.execution,
  })
  expect((await project.model('churn/9')).exitCode).toBe(64)

  expect((await project.reset('--yes')).stdout).toContain('is deleted')
  expect(existsSync(join(project.directory, '.mlpipe'))).toBe(false)
  expect((await project.reset('--yes')).stdout).toContain('there is no local state')
})

describe('parameters of a run', () => {
  it('decide what reruns, and the one that cannot is told', async () => {
    const project = makeProject()
    await project.deploy()
    await project.run()

    const instance = await project.run('--param', 'instanceType=ml.m5.xlarge')
    expect(instance.stderr).toContain(
      "note: instanceType is in no step's cache key (SageMaker does not compare ProcessingResources, ResourceConfig): it reruns nothing by itself",
    )
    expect(instance.stdout).toMatch(/^steps +2 ran, 2 cached/m)

    const epochs = await project.run('--param', 'epochs=3')
    expect(epochs.stderr).not.toContain('note:')
    expect(epochs.stdout).toMatch(/^steps +4 ran, 1 not run/m)

    const gate = await project.run('--param', 'minAccuracy=0.9')
    expect(gate.exitCode).toBe(1)
    expect(gate.stderr).toMatch(/gate .* false -> reject$/m)
    expect(gate.stdout).toContain('reject failed: accuracy 0.75 is below 0.9')
  })

  it('come from a file, and --param goes over it', async () => {
    const project = makeProject()
    await project.deploy()
    writeFiles(project.directory, {'p.yaml': 'epochs: 5\nminAccuracy: 0.1\n'})
    const file = join(project.directory, 'p.yaml')
    const result = parsed(await project.run('--params-file', file, '--param', 'epochs=6', '--json'))
    const values = Object.fromEntries(
      result.parameters.map((item: {name: string; value: string}) => [item.name, item.value]),
    )
    expect(values).toMatchObject({epochs: '6', minAccuracy: '0.1', instanceType: 'ml.m5.large'})
  })

  it('that are wrong start nothing', async () => {
    const project = makeProject()
    await project.deploy()
    const {stderr, exitCode} = await project.run('--param', 'epochs=many', '--param', 'epoch=1')
    expect(stderr).toContain('error: 2 parameters are wrong:')
    expect(exitCode).toBe(64)
    expect(parsed(await project.list('--json')).executions).toEqual([])
  })
})

it('a step that fails: the reason, its last log lines, where to read more, and exit 1', async () => {
  const project = makeProject()
  await project.deploy()
  const {stdout, stderr, exitCode} = await project.run('--param', 'epochs=13')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^✗ {2}train {5}Training {7}failed /m)
  expect(stdout).toMatch(/^train failed: AlgorithmError/m)
  expect(stdout).toContain('  | epochs 13\n  | unlucky\n')
  expect(stdout).toMatch(/^ {2}mlpipe executions logs [a-z0-9]{12} --step train -f /m)
})

it('a spec that is not what is deployed runs as deployed, with a warning', async () => {
  const project = makeProject()
  await project.deploy()
  writeFiles(project.directory, {'evaluate.py': `${evaluate}# changed\n`})
  const {stderr, exitCode} = await project.run()
  expect(stderr).toContain('mlpipe.yaml differs from what is deployed, and the deployed pipeline is what runs')
  expect(exitCode).toBe(0)
})

it('--quiet and --json say nothing on stderr', async () => {
  const project = makeProject()
  expect((await project.deploy('--quiet')).stderr).toBe('')
  const {stdout, stderr} = await project.run('--json')
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({formatVersion: 1, outcome: 'succeeded', counts: {succeeded: 4}})
})

it('a state that cannot be read is no bug: it is told, and local reset deletes it', async () => {
  const project = makeProject()
  await project.deploy()
  const database = join(project.directory, '.mlpipe', 'state.db')
  // A new file, not new content: deploy ran in this very process, and SQLite shares what it knows of a file by its inode until
  // the connection's statements are collected. Commands of real life are processes of their own.
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, {force: true})
  writeFileSync(database, 'this is no database'.repeat(100))

  const {stderr, exitCode} = await project.list()
  expect(stderr).toMatch(/error: the embedded engine cannot use its state in .*\.mlpipe: /)
  expect(stderr).toContain('next: mlpipe local reset')
  expect(exitCode).toBe(69)
  expect((await project.reset('--yes')).stdout).toContain('is deleted')
  expect((await project.deploy()).exitCode).toBe(0)
})

it('local reset without a terminal asks for --yes', async () => {
  const project = makeProject()
  await project.deploy()
  const {stderr, exitCode} = await project.reset()
  expect(stderr).toMatch(/next: mlpipe local reset --yes -f .*mlpipe\.yaml/)
  expect(exitCode).toBe(64)
  expect(existsSync(join(project.directory, '.mlpipe'))).toBe(true)
})
