// run, watch, logs, list and stop of an AWS target: the built program, and behind AWS_ENDPOINT_URL an engine on a socket.
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as delay} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {expect, it, onTestFinished} from 'vitest'
import {listen} from '../../src/engine/wire/http-server.ts'
import {stripColour} from '../../src/views/style.ts'
import {after, get, pipeline, shell} from '../engine/support/definitions.ts'
import {localCloud, putPipeline} from '../engine/support/local-cloud.ts'
import {talkOnTerminal} from '../support/on-terminal.ts'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

const spec = `\
name: remote
parameters:
  seconds: '0'
steps:
  quick: {type: fail, message: only the deployed pipeline runs}
targets:
  prod:
    default: true
    region: us-east-1
    role: arn:aws:iam::000000000000:role/mlpipe-local
    bucket: mlpipe-prod
`
const definition = pipeline(
  [
    shell('quick', 'echo quick'),
    shell('slow', 'echo started; sleep "$0"; echo done', {
      arguments: [get('Parameters.seconds')],
      envelope: after('quick'),
    }),
  ],
  [{Name: 'seconds', Type: 'String', DefaultValue: '0'}],
)

type Account = {readonly directory: string; readonly env: Readonly<Record<string, string>>}

/** An account in which the pipeline is deployed, and a project that has it for its default target. */
async function account(): Promise<Account> {
  const cloud = localCloud()
  await putPipeline(cloud, 'remote', definition)
  const server = await listen(cloud.engine, {port: 0, host: '127.0.0.1'})
  onTestFinished(() => server.close())
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return {directory: tempDir({'mlpipe.yaml': spec}), env}
}

type Ended = {readonly code: number; readonly stdout: string; readonly stderr: string}

function start({directory, env}: Account, ...argv: string[]) {
  const child: ChildProcess = spawn(process.execPath, [program, ...argv], {
    cwd: directory,
    env: {...process.env, CI: '1', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk) => {
      texts[name] += String(chunk)
    })
  }
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({code: Number(code), ...texts}))
  return {child, ended, texts}
}

const mlpipe = (at: Account, ...argv: string[]) => start(at, ...argv).ended
const json = async (at: Account, ...argv: string[]) => JSON.parse((await mlpipe(at, ...argv, '--json')).stdout)

it('run --wait, watched and read by others at the same time, and found again in the list', async () => {
  const at = await account()
  const run = start(at, 'run', '--param', 'seconds=4')
  while (!run.texts.stderr.includes('execution ')) await delay(50)
  const [watched, logs, ran] = await Promise.all([
    mlpipe(at, 'executions', 'watch'),
    mlpipe(at, 'executions', 'logs', '--follow', '--timestamps'),
    run.ended,
  ])
  expect(ran.stderr).toMatch(/^target prod \(AWS us-east-1, at http:\/\/127\.0\.0\.1:\d+\)$/m)
  for (const {code, stdout, stderr} of [ran, watched]) {
    expect(stderr).toMatch(/^✓ {2}slow .* succeeded /m)
    expect(stdout).toMatch(/^status +Succeeded after/m)
    expect(code).toBe(0)
  }
  const lines = logs.stdout.replaceAll(/\d{4}-\d\d-\d\dT\S+Z/g, 'TIME')
  expect(lines).toBe('quick | TIME quick\nslow | TIME started\nslow | TIME done\n')
  expect(logs.stderr).toMatch(/note: execution \w{12} has ended: Succeeded\n$/)

  await mlpipe(at, 'run', '--quiet')
  const list = async (...filters: string[]) => (await json(at, 'executions', 'list', ...filters)).executions.length
  expect(await list()).toBe(2)
  expect(await list('--param', 'seconds=4', '--status', 'Succeeded', '--since', '1h')).toBe(1)
  expect(await list('--param', 'seconds=0')).toBe(1)
  expect(await list('--status', 'failed,stopped')).toBe(0)
  expect((await mlpipe(at, 'executions', 'logs', '--step', 'slow,quick', '--tail', '1')).stdout).toBe(
    'quick | quick\nslow  | done\n',
  )
})

it('without a terminal Ctrl-C stops the execution, or leaves it when told to; watching never touches it', async () => {
  const at = await account()
  const left = start(at, 'run', '--param', 'seconds=60', '--on-interrupt', 'leave')
  while (!left.texts.stderr.includes('execution ')) await delay(50)
  left.child.kill('SIGINT')
  const {code, stdout} = await left.ended
  expect(stdout).toMatch(/^status +still running, no longer followed/m)
  expect(stdout).toMatch(/^ {2}mlpipe executions watch \w{12}$/m)
  expect(code).toBe(130)

  const watch = start(at, 'executions', 'watch')
  while (!watch.texts.stderr.includes('execution ')) await delay(50)
  watch.child.kill('SIGINT')
  expect((await watch.ended).code).toBe(130)
  expect((await json(at, 'executions', 'list', '--status', 'Executing')).executions).toHaveLength(1)

  expect(await json(at, 'executions', 'stop')).toMatchObject({outcome: 'has-stopped', status: 'Stopped'})
  const over = await mlpipe(at, 'executions', 'watch')
  expect(over.stdout).toMatch(/^status +Stopped after/m)
  expect(over.code).toBe(1)

  const stopped = start(at, 'executions', 'retry', '--events')
  while (!stopped.texts.stdout.includes('"execution-started"')) await delay(50)
  stopped.child.kill('SIGINT')
  const told = await stopped.ended
  const events = told.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.map(({event}) => event)).toEqual(expect.arrayContaining(['stopping', 'execution-ended']))
  expect(events.at(-1)).toMatchObject({event: 'result', result: {outcome: 'interrupted', status: 'Stopped'}})
  expect(told.code).toBe(130)
})

const ctrlC = {question: 'execution ', keys: '\x03'}

it.each([
  ['l', [ctrlC, {question: 'go on following?', keys: 'l\n'}], 'still running, no longer followed'],
  ['s', [ctrlC, {question: 'go on following?', keys: 's\n'}], 'Stopped as you asked'],
  ['Ctrl-C again', [ctrlC, {question: 'go on following?', keys: '\x03'}], 'still running, no longer followed'],
  [
    'Enter, and then Ctrl-C and l',
    [
      ctrlC,
      {question: 'go on following?', keys: '\n'},
      {question: 'slow', keys: '\x03'},
      {question: 'go on following?', keys: 'l\n'},
    ],
    'still running, no longer followed',
  ],
])('at a terminal Ctrl-C asks: %s', async (_name, answers, status) => {
  const at = await account()
  const {code, screen} = await talkOnTerminal(at.directory, {answers, env: at.env}, 'run', '--param', 'seconds=60')
  expect(stripColour(screen)).toContain(status)
  expect(code).toBe(130)
})
