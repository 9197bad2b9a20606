// A Cloud held in memory, and a World with a clock that moves only when somebody sleeps.

import type {ProgressEvent} from '../../src/actions/reporter.ts'
import type {Connection, World} from '../../src/actions/world.ts'
import type {Cloud, Execution, ExecutionStep, LogReader, ModelPackage, NameValue} from '../../src/cloud/ports.ts'

export const executionArn = (id: string) => `arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn/execution/${id}`
export const packageArn = (version: number) => `arn:aws:sagemaker:us-east-1:000000000000:model-package/churn/${version}`
export const jobArn = (kind: 'processing' | 'training', name: string) =>
  `arn:aws:sagemaker:us-east-1:000000000000:${kind}-job/${name}`

export type FakeExecution = {
  readonly describe: Execution
  readonly steps: readonly ExecutionStep[]
}

export type FakeState = {
  nowMs: number
  pipelineDefinition: string | undefined
  definition: string
  parameters: readonly NameValue[]
  /** What the service says at a time. */
  at(arn: string, nowMs: number): FakeExecution
  listed: readonly string[]
  stopped: string[]
  retried: string[]
  packages: ModelPackage[]
  logs: Readonly<Record<string, readonly string[]>>
  objects: Readonly<Record<string, string>>
  outputs: readonly {name: string; s3Uri: string}[]
  metrics: readonly {name: string; value: number}[]
  looks: number
}

export function fakeState(overrides: Partial<FakeState> = {}): FakeState {
  return {
    nowMs: Date.UTC(2026, 0, 1, 12),
    pipelineDefinition: undefined,
    definition: JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: []}),
    parameters: [],
    at: (arn, nowMs) => ({describe: execution(arn, 'Succeeded', nowMs, nowMs), steps: []}),
    listed: [],
    stopped: [],
    retried: [],
    packages: [],
    logs: {},
    objects: {},
    outputs: [],
    metrics: [],
    looks: 0,
    ...overrides,
  }
}

export function execution(
  arn: string,
  status: Execution['status'],
  startedAtMs: number,
  modifiedAtMs: number,
): Execution {
  return {arn, pipelineName: 'churn', status, startedAtMs, modifiedAtMs}
}

const unused = (name: string) => () => Promise.reject(new Error(`the fake cloud has no ${name}`))

export function fakeCloud(state: FakeState): Cloud {
  return {
    pipelines: {
      describe: async (name) =>
        state.pipelineDefinition === undefined
          ? undefined
          : {
              arn: `arn:aws:sagemaker:us-east-1:000000000000:pipeline/${name}`,
              name,
              definition: state.pipelineDefinition,
              roleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
              createdAtMs: 0,
              modifiedAtMs: 0,
            },
      create: unused('create'),
      update: unused('update'),
      tags: async () => [],
      tag: unused('tag'),
      delete: unused('delete'),
    },
    executions: {
      start: unused('start'),
      describe: async (arn) => state.at(arn, state.nowMs).describe,
      steps: async (arn) => {
        state.looks += 1
        return [...state.at(arn, state.nowMs).steps]
      },
      list: async (_name, limit) =>
        state.listed.slice(0, limit).map((id) => ({arn: executionArn(id), status: 'Succeeded', startedAtMs: 0})),
      async *pages() {
        yield state.listed.map((id) => ({arn: executionArn(id), status: 'Succeeded' as const, startedAtMs: 0}))
      },
      parameters: async () => [...state.parameters],
      definition: async () => state.definition,
      stop: async (arn) => {
        state.stopped.push(arn)
      },
      retry: async (arn) => {
        state.retried.push(arn)
      },
      answerCallback: unused('answerCallback'),
    },
    jobs: {
      properties: async () => undefined,
      training: async (arn) => ({name: arn, metrics: state.metrics}),
      processing: async (arn) => ({name: arn, outputs: state.outputs}),
      tuned: async () => [],
    },
    registry: {
      ensureGroup: unused('ensureGroup'),
      groups: async () =>
        [...new Set(state.packages.map(({group}) => group))].map((name) => ({name, arn: name, createdAtMs: 0})),
      packages: async (group) =>
        state.packages.filter((item) => item.group === group).sort((a, b) => b.version - a.version),
      describe: async (arn) => {
        const found = state.packages.find((item) => item.arn === arn)
        if (!found) throw new Error(`no package ${arn}`)
        return found
      },
      setApproval: unused('setApproval'),
    },
    objects: {
      exists: async (uri) => uri in state.objects,
      list: unused('list'),
      firstPage: unused('first page'),
      put: unused('put'),
      putFile: unused('putFile'),
      getText: async (uri) => state.objects[uri],
      removeAll: unused('removeAll'),
    },
    logs: {
      open: async ({arn}) => readerOf(arn, state),
      openEndpoint: async (name) => readerOf(name, state),
    },
    lineage: {
      artifacts: async () => [],
      entity: async () => undefined,
      query: async () => ({vertices: [], edges: [], isCut: false}),
    },
    endpoints: {
      endpoint: async () => undefined,
      endpointsNamed: async () => [],
      configsNamed: async () => [],
      modelsNamed: async () => [],
      config: async () => undefined,
      model: async () => undefined,
      createModel: unused('createModel'),
      createConfig: unused('createConfig'),
      create: unused('endpoints.create'),
      update: unused('endpoints.update'),
      tags: async () => [],
      tag: unused('endpoints.tag'),
      removeEndpoint: unused('removeEndpoint'),
      removeConfig: unused('removeConfig'),
      removeModel: unused('removeModel'),
    },
    identity: {caller: async () => ({account: '000000000000', arn: 'arn:aws:iam::000000000000:user/local'})},
    buckets: {find: unused('buckets.find'), sendsEvents: unused('sendsEvents'), sendEvents: unused('sendEvents')},
    access: {
      role: unused('role'),
      putRole: unused('putRole'),
      removeRole: unused('removeRole'),
      simulate: unused('simulate'),
    },
    quotas: {sageMaker: unused('quotas')},
    images: {find: unused('images.find')},
    triggers: {
      rules: unused('rules'),
      rulesNamed: unused('rulesNamed'),
      schedules: unused('schedules'),
      rule: unused('rule'),
      schedule: unused('schedule'),
      putRule: unused('putRule'),
      putSchedule: unused('putSchedule'),
      setEnabled: unused('setEnabled'),
      removeTargets: unused('removeTargets'),
      removeSchedule: unused('removeSchedule'),
      ownGroup: unused('ownGroup'),
      removeGroup: unused('removeGroup'),
    },
    alarms: {find: unused('alarms.find'), put: unused('alarms.put'), remove: unused('alarms.remove')},
    monitors: {find: unused('monitors.find')},
  }
}

function readerOf(name: string, state: FakeState): LogReader {
  let told = 0
  return {
    read: async () => {
      const lines = state.logs[name] ?? []
      const from = told
      told = lines.length
      return lines.slice(from).map((message, index) => ({timestampMs: from + index, message}))
    },
  }
}

export type FakeWorld = World & {readonly events: ProgressEvent[]; readonly sleeps: number[]; abort(): void}

export function fakeWorld(state: FakeState, onSleep: (nowMs: number) => void = () => {}): FakeWorld {
  const events: ProgressEvent[] = []
  const sleeps: number[] = []
  let controller = new AbortController()
  return {
    cwd: '/nowhere',
    env: {},
    now: () => state.nowMs,
    zone: 'UTC',
    sleep: async (ms, signal) => {
      if (signal?.aborted) return
      sleeps.push(ms)
      state.nowMs += ms
      onSleep(state.nowMs)
    },
    newToken: () => '0'.repeat(36),
    random: () => 0,
    reporter: {report: (event) => events.push(event), end: () => {}},
    regionOf: async () => undefined,
    get interrupt() {
      return controller.signal
    },
    forgetInterrupt: () => {
      controller = new AbortController()
    },
    abort: () => controller.abort(),
    confirm: async () => true,
    choose: async () => 'no-terminal' as const,
    connect: unused('connect'),
    events,
    sleeps,
  }
}

export function fakeConnection(state: FakeState): Connection {
  return {cloud: fakeCloud(state), recovered: [], close: async () => {}}
}
