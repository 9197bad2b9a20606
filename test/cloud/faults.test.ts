// The ports through a connection that is not to be trusted: whatever is lost, delayed, cut short or refused on the way, nothing
// starts twice, nothing counts as done that is not, and every failure is explained.

import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {ServiceError} from '../../src/cloud/service-error.ts'
import {listen} from '../../src/engine/wire/http-server.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {documentsOf} from '../../src/trigger/documents.ts'
import type {Trigger} from '../../src/trigger/trigger.ts'
import {localCloud, roleArn} from '../engine/support/local-cloud.ts'
import {useEndpoint} from '../support/aws-settings.ts'
import {type Fault, faults, startFaultProxy} from '../support/fault-proxy.ts'
import {type Random, seededRandom} from '../support/seeded-random.ts'

const lanes = 24
const rounds = 14

/** More than a third of all requests meet with something. */
const rates: Readonly<Record<Fault, number>> = {
  'dropped-before': 0.05,
  'dropped-after': 0.06,
  delayed: 0.05,
  truncated: 0.05,
  shortened: 0.05,
  throttled: 0.01,
  'failed-500': 0.04,
  'unavailable-503': 0.04,
  'expired-token': 0.02,
  'html-502': 0.04,
}

const knownCodes = [
  'service-unreachable',
  'service-fault',
  'throttled',
  'credentials-expired',
  'broken-answer',
  'damaged',
]

type Lane = {
  readonly name: string
  readonly cloud: Cloud
  /** The same engine without the proxy: what is really there. */
  readonly truth: Cloud
  readonly random: Random
  readonly tokens: Set<string>
  readonly started: Set<string>
  readonly failures: ServiceError[]
}

it('no double start, no half deploy reported as done, no crash, and every failure explained', async () => {
  const {engine} = localCloud({launch: () => {}})
  const server = await listen(engine, {host: '127.0.0.1', port: 0})
  const names = Array.from({length: lanes}, (_, index) => `lane-${index}`)
  const proxy = await startFaultProxy({upstreamPort: server.port, seed: 1, rates})
  useEndpoint(proxy.url, names)
  const truth = await connectCloud({region: engine.region, requestHandler: requestHandler(engine)})
  // In process the engine makes the bucket; over a socket it has to be there.
  await truth.objects.put('s3://lake/first', Buffer.from(''))
  try {
    const all = await Promise.all(
      names.map(async (name, index) => {
        const cloud = await connectCloud({region: engine.region, profile: name, hasOwnEndpoint: true, version: '1'})
        const random = seededRandom(1000 + index)
        const lane: Lane = {
          name,
          cloud,
          truth,
          random,
          tokens: new Set<string>(),
          started: new Set<string>(),
          failures: [],
        }
        await runLane(lane)
        return lane
      }),
    )

    expect([...proxy.made.keys()].sort()).toEqual([...faults].sort())
    for (const {name, started, tokens} of all) {
      const executions = await truth.executions.list(name, 1000)
      expect(executions.length).toBeLessThanOrEqual(tokens.size)
      expect(executions.map(({arn}) => arn)).toEqual(expect.arrayContaining([...started]))
    }
    const failures = all.flatMap((lane) => lane.failures)
    expect(failures.length).toBeGreaterThan(5)
    for (const {code, message, exit} of failures) {
      expect({code, exit}).toEqual({code: expect.stringMatching(`^(${knownCodes.join('|')})$`), exit: 69})
      expect(message).toMatch(/^[A-Z]\w+( of \S+)? [a-z].*: .+/)
      expect(message).not.toMatch(/<html|nginx|testing-secret|undefined|\$response|\n/)
    }
  } finally {
    await proxy.close()
    await server.close()
  }
})

/** A deploy, then some rounds of whatever a command may do. A refusal is taken down; anything else that is thrown ends the test. */
async function runLane(lane: Lane): Promise<void> {
  await deployed(lane, 0)
  for (let round = 1; round <= rounds; round += 1) {
    const act = lane.random.pick([start, start, update, read, read, list, object, parameters, tag, rule, schedule])
    await attempt(lane, () => act(lane, round))
  }
}

async function attempt(lane: Lane, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    lane.failures.push(error)
    return false
  }
}

/** As a user does who is told of a failure: the command again, until it works. */
async function deployed(lane: Lane, version: number): Promise<void> {
  const create = async () => {
    if ((await lane.cloud.pipelines.describe(lane.name)) === undefined) {
      await lane.cloud.pipelines.create(upload(lane.name, version), [{key: 'made-by', value: 'test'}])
    }
    expect((await lane.truth.pipelines.describe(lane.name))?.definition).toBe(definition(version))
  }
  while (!(await attempt(lane, create)));
}

async function start(lane: Lane, round: number): Promise<void> {
  const token = `${lane.name}-round-${round}`.padEnd(40, '0')
  lane.tokens.add(token)
  const request = {pipelineName: lane.name, parameters: [{name: 'epochs', value: String(round)}], token}
  // The same start once more: after a failure nobody knows whether it came through.
  for (let again = 0; again < 2; again += 1) {
    const isDone = await attempt(lane, async () => {
      const {arn} = await lane.cloud.executions.start(request)
      expect(await lane.truth.executions.parameters(arn)).toEqual(request.parameters)
      lane.started.add(arn)
    })
    if (isDone) return
  }
}

async function update(lane: Lane, round: number): Promise<void> {
  await lane.cloud.pipelines.update(upload(lane.name, round))
  expect((await lane.truth.pipelines.describe(lane.name))?.definition).toBe(definition(round))
}

async function read(lane: Lane): Promise<void> {
  expect(await lane.cloud.pipelines.describe(lane.name)).toEqual(await lane.truth.pipelines.describe(lane.name))
}

async function list(lane: Lane): Promise<void> {
  const listed = await lane.cloud.executions.list(lane.name, 50)
  expect(listed).toEqual(await lane.truth.executions.list(lane.name, 50))
}

async function parameters(lane: Lane): Promise<void> {
  for (const arn of lane.started) {
    expect(await lane.cloud.executions.parameters(arn)).toEqual(await lane.truth.executions.parameters(arn))
    expect(await lane.cloud.executions.definition(arn)).toEqual(await lane.truth.executions.definition(arn))
  }
}

async function tag(lane: Lane, round: number): Promise<void> {
  const arn = `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${lane.name}`
  await lane.cloud.pipelines.tag(arn, [{key: 'round', value: String(round)}])
  const tags = await lane.cloud.pipelines.tags(arn)
  expect(tags).toContainEqual({key: 'round', value: String(round)})
  expect(tags).toEqual(await lane.truth.pipelines.tags(arn))
}

async function object(lane: Lane, round: number): Promise<void> {
  const uri = `s3://lake/${lane.name}/${round}`
  const text = `${uri} `.repeat(200)
  await lane.cloud.objects.put(uri, Buffer.from(text))
  expect(await lane.truth.objects.getText(uri)).toBe(text)
  expect(await lane.cloud.objects.exists(uri)).toBe(true)
  expect(await lane.cloud.objects.getText(uri)).toBe(text)
}

async function rule(lane: Lane, round: number): Promise<void> {
  const {name, cloud, truth} = lane
  const parameters = [{name: 'epochs', value: String(round)}]
  const trigger: Trigger = {
    ...{name: 'data', origin: 'spec', isEnabled: true, parameters},
    source: {kind: 'event', pattern: '{"source":["my.app"]}'},
  }
  const {starter} = documentsOf(trigger, placeOf(name))
  if (starter.kind !== 'rule') throw new Error('no rule')
  await cloud.triggers.putRule(starter)
  expect((await truth.triggers.rule(starter.name))?.targets).toMatchObject([{id: 'pipeline', parameters}])
  expect(await cloud.triggers.rules(starter.target.arn)).toEqual(await truth.triggers.rules(starter.target.arn))
}

async function schedule(lane: Lane, round: number): Promise<void> {
  const {name, cloud, truth} = lane
  const expression = `rate(${round + 1} hours)`
  const trigger: Trigger = {
    ...{name: 'nightly', origin: 'spec', isEnabled: true, parameters: []},
    source: {kind: 'schedule', expression, via: 'scheduler'},
  }
  const {starter} = documentsOf(trigger, placeOf(name))
  if (starter.kind !== 'schedule') throw new Error('no schedule')
  await cloud.triggers.putSchedule(starter)
  const standing = await truth.triggers.schedules(starter.target.arn)
  expect(standing).toMatchObject([{group: name, expression}])
  expect(await cloud.triggers.ownGroup(name, name)).toEqual({schedules: [starter.name]})
}

function placeOf(pipelineName: string) {
  const pipelineArn = `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${pipelineName}`
  return {pipelineName, pipelineArn, roleArn, version: '1'}
}

function upload(name: string, version: number) {
  return {name, definition: definition(version), roleArn}
}

function definition(version: number): string {
  return JSON.stringify({
    Version: '2020-12-01',
    Parameters: [{Name: 'epochs', Type: 'Integer', DefaultValue: 1}],
    Steps: [{Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: `version ${version}`}}],
  })
}
