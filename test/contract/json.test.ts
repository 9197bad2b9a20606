// What every command prints with --json, of the built program, against the schemas beside this file. They are closed: what is
// added must be added there too, and whoever parses the output can read there what it means.
import {spawnSync} from 'node:child_process'
import {readdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Ajv} from 'ajv'
import {expect, it} from 'vitest'
import {openDatabase} from '../../src/engine/store/database.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'test/contract/json-schemas')
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
const ajv = new Ajv({allErrors: true, schemas: names.map((name) => readJson(join(folder, `${name}.json`)) as object)})

/** Runs `mlpipe argv --json` and holds what it printed to the schema. */
function printed(directory: string, schema: string, exit: number, ...argv: string[]): Record<string, unknown> {
  const ran = spawnSync(process.execPath, [join(root, 'bin/run.js'), ...argv, '--json'], {cwd: directory})
  const stdout = String(ran.stdout)
  expect({exit: ran.status, stderr: String(ran.stderr)}, stdout).toEqual({exit, stderr: ''})
  const document = JSON.parse(stdout)
  const isValid = ajv.validate(`${schema}.json`, document)
  expect(isValid ? [] : ajv.errors, `${argv.join(' ')} printed ${stdout}`).toEqual([])
  return document
}

/** Runs `mlpipe argv --events` and holds every line to the schema; the last is the result. */
function events(directory: string, ...argv: string[]): void {
  const ran = spawnSync(process.execPath, [join(root, 'bin/run.js'), ...argv, '--events'], {cwd: directory})
  expect({exit: ran.status, stderr: String(ran.stderr)}).toEqual({exit: 0, stderr: ''})
  const lines = String(ran.stdout).trimEnd().split('\n')
  const wrong = lines.filter((line) => !ajv.validate('events.json', JSON.parse(line)))
  expect(wrong).toEqual([])
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({event: 'result', result: {formatVersion: 1}})
}

it('every command that prints a result has a schema, and every schema a command', () => {
  const manifest = readJson(join(root, 'oclif.manifest.json')) as {commands: Record<string, {hidden?: boolean}>}
  const visible = Object.entries(manifest.commands).filter(([, {hidden}]) => !hidden)
  const expected = visible.map(([id]) => id.replaceAll(':', '-'))
  expect(names.toSorted()).toEqual(['common', 'error', 'events', ...expected].sort())
})

it('the whole story of a project', () => {
  const parent = tempDir()
  printed(parent, 'init', 0, 'init', 'tumours')
  const directory = join(parent, 'tumours')
  printed(directory, 'validate', 0, 'validate')
  printed(directory, 'compile', 0, 'compile')
  expect(printed(directory, 'graph', 0, 'graph')).toMatchObject({source: {kind: 'spec'}})
  expect(printed(directory, 'deploy', 0, 'deploy', '--dry-run')).toMatchObject({would: 'create'})
  expect(printed(directory, 'diff', 2, 'plan', '--detailed-exitcode')).toMatchObject({deploy: {outcome: 'create'}})
  expect(printed(directory, 'deploy', 0, 'deploy')).toMatchObject({outcome: 'created'})
  expect(printed(directory, 'import', 0, 'import', 'tumour-classifier', '--check')).toMatchObject({
    check: {isSame: true},
  })
  expect(printed(directory, 'deploy', 0, 'deploy', '--dry-run')).toMatchObject({would: 'change-nothing'})
  expect(printed(directory, 'diff', 0, 'diff', '-o', 'plan.json')).toMatchObject({plan: 'plan.json'})
  expect(printed(directory, 'deploy', 0, 'deploy', 'plan.json')).toMatchObject({outcome: 'unchanged'})

  expect(printed(directory, 'diff', 0, 'diff')).toMatchObject({deploy: {outcome: 'none'}, run: {counts: {hit: 0}}})
  const first = printed(directory, 'run', 0, 'run')
  const cached = printed(directory, 'run', 0, 'run', '--param', 'instanceType=ml.m5.xlarge')
  expect(cached).toMatchObject({counts: {cached: 3}, notes: [expect.stringContaining('cache key')]})
  expect(printed(directory, 'run', 1, 'run', '--param', 'minAccuracy=0.9999')).toMatchObject({outcome: 'failed'})
  const changed = ['--param', 'epochs=3', '--detailed-exitcode']
  expect(printed(directory, 'diff', 0, 'diff', ...changed)).toMatchObject({run: {counts: {hit: 1, rerun: 2}}})
  printed(directory, 'why', 0, 'why', 'evaluate', '--param', 'epochs=3')
  printed(directory, 'why', 0, 'why', 'train', String(first['execution']))
  printed(directory, 'executions-compare', 0, 'executions', 'compare', String(first['execution']))
  printed(directory, 'executions-list', 0, 'executions', 'list')
  printed(directory, 'executions-show', 0, 'executions', 'show', String(first['execution']))
  printed(directory, 'executions-show', 0, 'executions', 'show')
  const ran = printed(directory, 'graph', 0, 'graph', '--execution', 'latest')
  expect(ran).toMatchObject({source: {kind: 'execution', status: 'Failed'}})
  expect(printed(directory, 'graph', 0, 'graph', '--plan')).toMatchObject({source: {kind: 'plan'}})
  expect(printed(directory, 'graph', 0, 'graph', '--deployed')).toMatchObject({source: {kind: 'deployed'}})
  printed(directory, 'graph', 0, 'graph', '-o', 'graph.svg', '--step', 'train')
  printed(directory, 'error', 64, 'graph', '-o', 'graph.png')
  printed(directory, 'executions-logs', 0, 'executions', 'logs', '--step', 'train')
  expect(printed(directory, 'report', 0, 'report', String(first['execution']))).toMatchObject({
    spec: {known: 'by-hash'},
    history: {executions: [{execution: first['execution']}]},
    lineage: {picture: {nodes: expect.arrayContaining([expect.objectContaining({id: 'train', caption: 'Training'})])}},
    gaps: [],
  })
  expect(printed(directory, 'report', 0, 'report', '-o', 'failed.html')).toMatchObject({
    failure: {step: 'reject'},
    page: {path: 'failed.html'},
  })
  printed(directory, 'executions-stop', 0, 'executions', 'stop')
  const part = printed(directory, 'run', 0, 'run', '--from', 'register', '--source', String(first['execution']))
  expect(part).toMatchObject({counts: {reused: 4}, selection: {steps: ['register'], source: first['execution']}})
  printed(directory, 'executions-logs', 0, 'executions', 'logs', '--step', 'train')
  printed(directory, 'models-list', 0, 'models', 'list')
  printed(directory, 'models-approve', 0, 'models', 'approve', '--reason', 'checked')
  printed(directory, 'models-show', 0, 'models', 'show')
  expect(
    printed(directory, 'models-compare', 0, 'models', 'compare', 'tumour-classifier/1', 'tumour-classifier/2'),
  ).toMatchObject({
    data: [{step: 'prepare', sameness: 'same'}],
  })
  printed(directory, 'models-approve', 0, 'models', 'approve', 'tumour-classifier/1')
  const deploying = ['models', 'deploy', 'tumour-classifier/1']
  expect(printed(directory, 'models-deploy', 0, ...deploying, '--dry-run')).toMatchObject({would: 'create'})
  expect(printed(directory, 'models-deploy', 0, ...deploying)).toMatchObject({outcome: 'created'})
  expect(printed(directory, 'models-deploy', 0, ...deploying)).toMatchObject({outcome: 'unchanged'})
  const serverless = ['--serverless', '1024:1', '--env', 'LEVEL=debug']
  expect(printed(directory, 'models-deploy', 0, ...deploying, ...serverless)).toMatchObject({outcome: 'updated'})
  expect(printed(directory, 'models-list', 0, 'models', 'list')).toMatchObject({
    models: expect.arrayContaining([expect.objectContaining({endpoints: ['tumour-classifier']})]),
  })
  expect(printed(directory, 'lineage', 0, 'lineage')).toMatchObject({direction: 'upstream', gaps: []})
  printed(directory, 'lineage', 0, 'lineage', String(first['execution']), '--format', 'openlineage')
  printed(directory, 'lineage', 0, 'lineage', 'data/wdbc.csv', '--downstream', '-o', 'lineage.txt')
  expect(printed(directory, 'models-rollback', 0, 'models', 'rollback', '--to', '1')).toMatchObject({
    outcome: 'rolled-back',
  })
  expect(printed(directory, 'error', 64, 'models', 'rollback')).toMatchObject({
    error: {code: 'nothing-to-roll-back-to'},
  })
  printed(directory, 'models-reject', 0, 'models', 'reject', 'tumour-classifier/1')
  expect(printed(directory, 'models-undeploy', 0, 'models', 'undeploy', 'tumour-classifier', '--yes')).toMatchObject({
    outcome: 'undeployed',
  })
  expect(printed(directory, 'local-reset', 0, 'local', 'reset', '--yes')).toMatchObject({outcome: 'deleted'})
  expect(printed(directory, 'local-reset', 0, 'local', 'reset')).toMatchObject({outcome: 'nothing-there'})
  expect(printed(directory, 'delete', 0, 'delete', '--yes')).toMatchObject({outcome: 'nothing-there'})
})

const gated = `\
name: gated
parameters: {accuracy: 0.95}
steps:
  evaluate:
    type: processing
    image: sklearn:1.2-1
    command: [bash, -c, 'echo "{\\"accuracy\\": $0}" > "$MLPIPE_OPT_ML/processing/output/report/metrics.json"', "\${parameters.accuracy}"]
    outputs: [report]
    reports: {metrics: report/metrics.json}
  gate: {type: condition, gate: accuracy >= champion - 0.01, then: register}
  register:
    type: register
    group: gated
    image: sklearn:1.2-1
    model: s3://lake/model.tar.gz
    metrics: \${steps.evaluate.reports.metrics.path}
`

it('a gate that holds new models to the champion', () => {
  const directory = tempDir({'mlpipe.yaml': gated})
  const test = ['gate', 'test', '--metrics', '{"accuracy": 0.9}', '--champion']
  expect(printed(directory, 'gate-test', 0, ...test, '0.91')).toMatchObject({branch: {steps: ['register']}})
  expect(printed(directory, 'gate-test', 1, ...test, '0.92')).toMatchObject({outcome: 'failed', branch: {steps: []}})
  expect(printed(directory, 'gate-test', 1, 'gate', 'test', '-m', '{}', '--champion', '1')).toMatchObject({
    branch: null,
  })
  printed(directory, 'error', 64, 'gate', 'test', '-m', '{}')
  expect(printed(directory, 'deploy', 0, 'deploy')).toMatchObject({gates: [{gate: 'gate', requirements: [{}]}]})
  printed(directory, 'run', 0, 'run')
  expect(printed(directory, 'models-approve', 0, 'models', 'approve')).toMatchObject({gates: [{pipeline: 'gated'}]})
  expect(printed(directory, 'diff', 0, 'diff')).toMatchObject({run: {gates: [{champion: {model: 'gated/1'}}]}})
  expect(printed(directory, 'run', 0, 'run', '-p', 'accuracy=0.9')).toMatchObject({
    conditions: [{result: false, comparisons: [{left: 0.9, right: 0.94, champion: {model: 'gated/1', value: 0.95}}]}],
  })
  printed(directory, 'executions-show', 0, 'executions', 'show')
  expect(printed(directory, 'gate-show', 0, 'gate', 'show')).toMatchObject({gates: [{inForce: {state: 'current'}}]})
  printed(directory, 'models-reject', 0, 'models', 'reject', 'gated/1')
})

it('what is in place, and who needs which permissions', () => {
  const directory = tempDir()
  const spec = 'name: p\nsteps:\n  stop:\n    type: fail\n    message: no\n'
  writeFiles(directory, {'mlpipe.yaml': spec, 'wrong.yaml': 'name: p\nsteps: 3\n'})
  expect(printed(directory, 'iam', 0, 'iam')).toMatchObject({account: 'ACCOUNT_ID', format: 'json'})
  printed(directory, 'iam', 0, 'iam', 'execution', '--format', 'terraform', '-o', 'access.tf')
  expect(printed(directory, 'doctor', 0, 'doctor')).toMatchObject({target: 'local', outcome: 'passed'})
  expect(printed(directory, 'doctor', 1, 'doctor', '-f', 'wrong.yaml')).toMatchObject({outcome: 'failed'})
})

const triggered = `\
name: churn
parameters: {rawKey: none}
steps:
  stop: {type: fail, message: "\${parameters.rawKey}"}
triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
  new-data:
    s3: s3://lake/incoming/
    parameters: {rawKey: $.detail.object.key}
    deadLetter: arn:aws:sqs:us-east-1:000000000000:late
`

it('what starts a pipeline by itself', () => {
  const directory = tempDir({'mlpipe.yaml': triggered})
  expect(printed(directory, 'deploy', 0, 'deploy')).toMatchObject({triggers: {differences: [{}, {}]}})
  expect(printed(directory, 'trigger-create', 0, 'trigger', 'create', '--dry-run')).toMatchObject({outcome: 'dry-run'})
  expect(printed(directory, 'trigger-create', 0, 'trigger', 'create')).toMatchObject({outcome: 'created'})
  expect(printed(directory, 'trigger-create', 0, 'trigger', 'create')).toMatchObject({outcome: 'unchanged'})
  const drift = ['drifted', '--drift', 'churn-monitor', '--endpoint', 'churn', '--feature', 'age', '--threshold', '0.2']
  expect(printed(directory, 'trigger-create', 0, 'trigger', 'create', ...drift)).toMatchObject({
    triggers: [{alarm: {name: 'churn-drifted'}}],
    yaml: expect.stringContaining('drift: churn-monitor'),
  })
  printed(directory, 'trigger-disable', 0, 'trigger', 'disable', 'nightly')
  printed(directory, 'trigger-enable', 0, 'trigger', 'enable', 'churn-nightly')
  writeFiles(directory, {'mlpipe.yaml': triggered.replace('0 3', '30 4')})
  expect(printed(directory, 'deploy', 0, 'deploy')).toMatchObject({triggers: {differences: [{action: 'update'}]}})
  expect(printed(directory, 'deploy', 0, 'deploy', '--triggers')).toMatchObject({triggers: {isBroughtInLine: true}})
  expect(printed(directory, 'trigger-delete', 0, 'trigger', 'delete', 'drifted', '--yes')).toMatchObject({
    triggers: [{alarm: 'churn-drifted'}],
  })
  expect(printed(directory, 'trigger-delete', 0, 'trigger', 'delete', '--all', '--dry-run')).toMatchObject({
    triggers: [{name: 'new-data'}, {name: 'nightly'}],
  })
  printed(directory, 'trigger-delete', 0, 'trigger', 'delete', '--all', '--yes')
  expect(printed(directory, 'trigger-delete', 0, 'trigger', 'delete', '--all')).toMatchObject({
    outcome: 'nothing-there',
  })
})

it('what is told without a spec', () => {
  const directory = tempDir()
  printed(directory, 'schema', 0, 'schema')
  expect(printed(directory, 'explain', 0, 'explain')).toMatchObject({kind: 'index'})
  expect(printed(directory, 'explain', 0, 'explain', 'unknown-key')).toMatchObject({kind: 'code'})
  expect(printed(directory, 'explain', 0, 'explain', 'training')).toMatchObject({kind: 'step-type'})
  expect(printed(directory, 'explain', 0, 'explain', 'triggers.s3')).toMatchObject({kind: 'trigger-kind'})
  expect(printed(directory, 'explain', 0, 'explain', 'targets.region')).toMatchObject({kind: 'key'})
})

const slow = `\
name: slow
steps:
  wait:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: wait.py
`

const lake = `\
name: lake
steps:
  read:
    type: processing
    image: sklearn:1.2-1
    command: ['true']
    inputs:
      raw: {from: s3://lake/raw, fingerprint: true}
    cache: 1d
`

it('data that counts by its content', () => {
  const directory = tempDir({'mlpipe.yaml': lake, '.mlpipe/s3/lake/raw/a.csv': '1'})
  printed(directory, 'deploy', 0, 'deploy')
  expect(printed(directory, 'diff', 0, 'diff')).toMatchObject({run: {data: [{step: 'read', objects: 1}]}})
  printed(directory, 'run', 0, 'run')
  writeFiles(directory, {'.mlpipe/s3/lake/raw/a.csv': '22', '.mlpipe/s3/lake/raw/b.csv': '3'})
  const changes = {objects: 2, added: 1, changed: 1, removed: 0}
  expect(printed(directory, 'diff', 0, 'diff')).toMatchObject({run: {data: [changes], counts: {rerun: 1}}})
  printed(directory, 'why', 0, 'why', 'read')
})

const approval = `\
name: approval
steps:
  ghost:
    type: lambda
    function: arn:aws:lambda:us-east-1:111122223333:function:ghost
  approve:
    type: callback
    queue: https://sqs.us-east-1.amazonaws.com/111122223333/approvals
    outputs: [decision]
`

it('a callback that is waited for and answered, and a step that is simulated', () => {
  const directory = tempDir({'mlpipe.yaml': approval})
  printed(directory, 'deploy', 0, 'deploy')
  printed(directory, 'run', 75, 'run', '--timeout', '2s')
  const waiting = {name: 'approve', callback: {token: expect.stringMatching(/^\w{10}$/)}}
  const ghost = {name: 'ghost', simulated: expect.any(String)}
  expect(printed(directory, 'executions-show', 0, 'executions', 'show')).toMatchObject({steps: [ghost, waiting]})
  expect(printed(directory, 'executions-stop', 0, 'executions', 'stop')).toMatchObject({
    outcome: 'is-stopping',
    next: [expect.stringContaining('executions callback')],
  })
  const answer = ['executions', 'callback', 'approve', '--output', 'decision=yes']
  expect(printed(directory, 'executions-callback', 0, ...answer)).toMatchObject({answer: 'success', step: 'approve'})
  printed(directory, 'executions-logs', 0, 'executions', 'logs')
})

it('an execution that goes on, and one that is stopped', () => {
  const directory = tempDir({
    'mlpipe.yaml': slow,
    'wait.py': 'import time\nprint("a\\x1b[2J", flush=True)\ntime.sleep(60)\n',
  })
  printed(directory, 'deploy', 0, 'deploy')
  printed(directory, 'run', 0, 'run', '--no-wait')
  expect(printed(directory, 'run', 75, 'run', '--timeout', '1s')).toMatchObject({outcome: 'timed-out'})
  printed(directory, 'executions-show', 0, 'executions', 'show')
  for (const {execution} of executionsOf(directory)) {
    expect(printed(directory, 'executions-stop', 0, 'executions', 'stop', execution)).toMatchObject({status: 'Stopped'})
  }
})

it('an execution that is watched, found again by a filter, and told as it happens', () => {
  const parameters = 'parameters:\n  unused: 1\n'
  const directory = tempDir({'mlpipe.yaml': slow + parameters, 'wait.py': 'print(1)\n'})
  printed(directory, 'deploy', 0, 'deploy')
  events(directory, 'run')
  printed(directory, 'executions-watch', 0, 'executions', 'watch')
  const asked = ['--status', 'succeeded', '--since', '1h', '--param', 'unused=1']
  expect(printed(directory, 'executions-list', 0, 'executions', 'list', ...asked)).toMatchObject({
    filters: {statuses: ['Succeeded'], parameters: [{name: 'unused', value: '1'}]},
    executions: [{status: 'Succeeded'}],
  })
})

it('a step that fails, and warnings about the spec', () => {
  const doubtful = 'triggers:\n  code:\n    s3: s3://mlpipe-local/slow/code/\n    suffix: .py\n'
  const directory = tempDir({'mlpipe.yaml': slow + doubtful, 'wait.py': 'raise SystemExit("no")\n'})
  expect(printed(directory, 'validate', 0, 'validate')['warnings']).not.toEqual([])
  printed(directory, 'deploy', 0, 'deploy')
  const failed = printed(directory, 'run', 1, 'run')
  expect(failed).toMatchObject({outcome: 'failed', failure: {step: 'wait', log: expect.arrayContaining(['no'])}})
  expect(failed['warnings']).not.toEqual([])
  expect(printed(directory, 'executions-retry', 1, 'executions', 'retry')).toMatchObject({outcome: 'failed'})

  const db = openDatabase(join(directory, '.mlpipe'))
  db.run('UPDATE executions SET createdAtMs = createdAtMs - 86400000')
  db.close()
  const idle = [{before: 'wait'}]
  expect(printed(directory, 'executions-show', 0, 'executions', 'show')).toMatchObject({idle})
  expect(printed(directory, 'executions-watch', 1, 'executions', 'watch')).toMatchObject({idle})
  expect(printed(directory, 'report', 0, 'report')).toMatchObject({idle})
  const compared = printed(directory, 'executions-compare', 0, 'executions', 'compare', 'latest', 'latest')
  expect(compared).toMatchObject({before: {idle}, after: {idle}})
  expect(printed(directory, 'executions-retry', 1, 'executions', 'retry')).not.toHaveProperty('idle')
})

const waiting = `\
name: waiting
parameters:
  key: none
steps:
  read:
    type: processing
    image: sklearn:1.2-1
    command: ['true']
    env: {KEY: "\${parameters.key}"}
    cache: 1d
triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
  new-data:
    s3: s3://lake/raw/
    parameters: {key: $.detail.object.key}
`

it('triggers that are tried with events, and what has run before', () => {
  const directory = tempDir({'mlpipe.yaml': waiting})
  const {triggers} = printed(directory, 'trigger-test', 0, 'trigger', 'test')
  expect(triggers).toMatchObject([{verdict: 'fires', next: {kind: 'times'}}, {verdict: 'fires'}])
  const [, {sample}] = triggers as [unknown, {sample: object}]
  const other = {...sample, id: 'other', detail: {bucket: {name: 'else'}}}
  writeFiles(directory, {'other.json': JSON.stringify(other), 'events.ndjson': `${JSON.stringify(sample)}\nno\n`})
  const failed = printed(directory, 'trigger-test', 1, 'trigger', 'test', 'new-data', '--event', 'other.json')
  expect(failed).toMatchObject({fires: false, triggers: [{mismatches: [{field: 'detail.bucket.name'}, {}]}]})
  printed(
    directory,
    'trigger-test',
    0,
    'trigger',
    'test',
    '--pattern',
    '{"source":["aws.s3"]}',
    '--event',
    'other.json',
  )
  printed(directory, 'error', 64, 'trigger', 'test', '--pattern', '{"source":1}')

  const replay = ['trigger', 'test', '--replay', 'events.ndjson']
  const before = printed(directory, 'trigger-test', 0, ...replay)
  expect(before).toMatchObject({runs: {history: {from: 'none'}, total: {runs: 1, reused: 0}}, broken: {count: 1}})
  printed(directory, 'deploy', 0, 'deploy')
  printed(directory, 'run', 0, 'run', '--param', 'key=raw/sample.csv')
  const after = printed(directory, 'trigger-test', 0, ...replay)
  expect(after).toMatchObject({runs: {history: {from: 'target', executions: 1}, total: {runs: 0, reused: 1}}})
})

it.each([
  ['an unknown flag', 64, ['validate', '--bogus']],
  ['an unknown command', 64, ['frobnicate']],
  ['a missing spec', 64, ['compile', '-f', 'none.yaml']],
  ['a directory that is not empty', 64, ['init', '.']],
  ['a pipeline that is not deployed', 64, ['run']],
  ['nothing to explain', 64, ['explain', 'trainnig']],
  ['nothing to look at', 64, ['executions', 'show']],
  ['nothing to retry', 64, ['executions', 'retry']],
  ['no answer', 64, ['models', 'show', 'a/b/c']],
  ['an execution that is not there', 69, ['executions', 'show', arnOf('slow', 'aaaaaaaaaaaa')]],
])('an error: %s', (_name, exit, argv) => {
  printed(tempDir({'mlpipe.yaml': slow, 'wait.py': ''}), 'error', exit, ...argv)
})

it('an error: a spec that is wrong', () => {
  const directory = tempDir({'mlpipe.yaml': `${slow}  wait:\n    type: training\n    cod: x\n`})
  for (const command of ['validate', 'compile', 'deploy', 'run']) printed(directory, 'error', 65, command)
  writeFiles(directory, {'mlpipe.yaml': 'a: b: c'})
  printed(directory, 'error', 65, 'executions', 'list')
})

const started = `\
name: started
parameters: {key: none}
steps:
  stop: {type: fail, message: "\${parameters.key}"}
triggers:
  nightly: {schedule: "cron(0 3 * * ? *)", timezone: Europe/Berlin, end: 2099-01-01}
  new-data: {s3: s3://mlpipe-local/in/, parameters: {key: $.detail.object.key}}
`

it('what starts a pipeline, and a trigger that is fired by hand', () => {
  const later = `${started}  drifted: {drift: quality, by: alarm, endpoint: live, feature: age, threshold: 0.2}\n`
  const directory = tempDir({'mlpipe.yaml': started, '.mlpipe/s3/mlpipe-local/in/a.csv': '1'})
  expect(printed(directory, 'trigger-list', 0, 'trigger', 'list')).toMatchObject({isDeployed: false})
  printed(directory, 'deploy', 0, 'deploy', '--triggers', '--yes')
  const dryRun = ['trigger', 'fire', 'new-data', '--dry-run']
  expect(printed(directory, 'trigger-fire', 0, ...dryRun)).toMatchObject({trigger: {event: {from: 'sample'}}})
  const fired = printed(directory, 'trigger-fire', 1, ...dryRun.slice(0, 3), '--object', 's3://mlpipe-local/in/a.csv')
  expect(fired).toMatchObject({outcome: 'failed', trigger: {event: {from: 'object'}}})
  expect(printed(directory, 'trigger-list', 0, 'trigger', 'list')).toMatchObject({
    triggers: [
      {spec: 'same', problems: []},
      {spec: 'same', problems: []},
    ],
    next: [],
  })
  writeFiles(directory, {'mlpipe.yaml': later.replace('0 3', '0 4')})
  expect(printed(directory, 'trigger-list', 0, 'trigger', 'list', '--next', '2')).toMatchObject({
    triggers: [{next: {times: [{}, {}]}, spec: 'differs'}, {lastStart: {byHand: true}}, {state: 'not-made'}],
  })
  for (const name of ['nightly', 'new-data', 'drifted']) {
    printed(directory, 'trigger-show', 0, 'trigger', 'show', name)
  }
  printed(directory, 'error', 64, 'trigger', 'fire', 'new-dta')
})

it('what a server says when it takes requests', () => {
  const directory = tempDir()
  // The document is whole before the signal comes: the server ends by it.
  const script = `node "${join(root, 'bin/run.js')}" local serve --json > out & until [ -s out ]; do sleep 0.1; done; kill -TERM $!; wait $!`
  const {status} = spawnSync('/bin/sh', ['-c', script], {cwd: directory})
  const document = readJson(join(directory, 'out'))
  const isValid = ajv.validate('local-serve.json', document)
  expect({status, errors: isValid ? [] : ajv.errors}).toEqual({status: 0, errors: []})
})

it('what stands today where a run has read is told of an input that only its URI tells of', () => {
  const directory = tempDir({
    'mlpipe.yaml': `\
name: rows
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  look: {type: processing, command: ["true"], inputs: {raw: s3://lake/raw.csv, days: s3://lake/days/, gone: s3://lake/gone.csv}}
`,
  })
  const lake = join(directory, '.mlpipe/s3/lake')
  writeFiles(lake, {'raw.csv': '1\n', 'gone.csv': '1\n', 'days/1.csv': '1\n', 'days/2.csv': '2\n'})
  printed(directory, 'deploy', 0, 'deploy')
  printed(directory, 'run', 0, 'run')
  rmSync(join(lake, 'gone.csv'))
  const {steps} = printed(directory, 'lineage', 0, 'lineage', 'latest')
  const days = {state: 'older', among: {newer: 0, objects: 2, isCut: false}}
  expect(steps).toMatchObject([{inputs: [{since: {state: 'older'}}, {since: days}, {since: {state: 'gone'}}]}])
  const {took} = printed(directory, 'lineage', 0, 'lineage', 's3://lake/raw.csv')
  expect(took).toMatchObject([{since: {state: 'older'}}])
})

function executionsOf(directory: string): {execution: string}[] {
  const document = printed(directory, 'executions-list', 0, 'executions', 'list')
  return document['executions'] as {execution: string}[]
}

function arnOf(pipeline: string, execution: string): string {
  return `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${pipeline}/execution/${execution}`
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
