// Endpoints held in memory, whose statuses come and go with the clock of the fake world, as DescribeEndpoint documents them. An
// update shows the former configuration until it has succeeded; one that fails goes back to it.

import type {EndpointConfig, EndpointStatus, EndpointsPort, ServedModel} from '../../src/cloud/lineage-ports.ts'
import type {Tag} from '../../src/cloud/ports.ts'
import type {JsonObject} from '../../src/definition/json.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'

type Change = {readonly to: string; readonly atMs: number; readonly status: EndpointStatus; readonly reason?: string}

type Held = {
  readonly createdAtMs: number
  configName: string
  status: EndpointStatus
  failureReason?: string
  /** What is under way. */
  change?: Change
}

export type FakeEndpoints = EndpointsPort & {
  /** The calls that change something, in their order: `createModel churn-v1-…`. */
  readonly calls: string[]
  readonly tagsOf: Map<string, readonly Tag[]>
  readonly configs: Map<string, EndpointConfig>
  readonly models: Map<string, ServedModel>
  /** Configurations whose containers do not come up, and what is said of them. */
  readonly broken: Map<string, string>
  /** The next call of the name is refused. */
  readonly refused: Map<string, MlpipeError>
  /** Puts an endpoint there that somebody else made. */
  foreign(name: string, configName: string): void
}

export const arnOf = (type: string, name: string) => `arn:aws:sagemaker:us-east-1:000000000000:${type}/${name}`

/** Minutes, as on AWS. */
const changeMs = 180_000
const deleteMs = 30_000

export function fakeEndpoints(state: {readonly nowMs: number}): FakeEndpoints {
  const held = new Map<string, Held>()
  const calls: string[] = []
  const tagsOf = new Map<string, readonly Tag[]>()
  const configs = new Map<string, EndpointConfig>()
  const models = new Map<string, ServedModel>()
  const broken = new Map<string, string>()
  const refused = new Map<string, MlpipeError>()

  function note(call: string, name: string): void {
    const refusal = refused.get(call)
    refused.delete(call)
    if (refusal) throw refusal
    calls.push(`${call} ${name}`)
  }

  function look(name: string): Held | undefined {
    const found = held.get(name)
    const change = found?.change
    if (!found || !change || state.nowMs < change.atMs) return found
    delete found.change
    if (found.status === 'Deleting') {
      held.delete(name)
      return undefined
    }
    found.status = change.status
    if (change.reason === undefined) found.configName = change.to
    else found.failureReason = change.reason
    return found
  }

  function begin(configName: string, failed: EndpointStatus): Change {
    if (!configs.has(configName)) throw validation(`Could not find endpoint configuration "${configName}".`)
    const reason = broken.get(configName)
    const atMs = state.nowMs + changeMs
    return {to: configName, atMs, ...(reason === undefined ? {status: 'InService'} : {status: failed, reason})}
  }

  return {
    ...{calls, tagsOf, configs, models, broken, refused},
    foreign(name, configName) {
      held.set(name, {createdAtMs: 0, configName, status: 'InService'})
    },
    async endpoint(name) {
      const found = look(name)
      if (!found) return undefined
      const {createdAtMs, configName, status, failureReason} = found
      const times = {createdAtMs, modifiedAtMs: state.nowMs}
      const reason = failureReason === undefined ? {} : {failureReason}
      return {name, arn: arnOf('endpoint', name), status, configName, ...reason, ...times}
    },
    endpointsNamed: async (part, most) => [...held.keys()].filter((name) => name.includes(part)).slice(0, most),
    config: async (name) => configs.get(name),
    configsNamed: async (part) => [...configs.keys()].filter((name) => name.includes(part)),
    model: async (name) => models.get(name),
    modelsNamed: async (part) => [...models.keys()].filter((name) => name.includes(part)),
    async createModel(request) {
      const name = String(request['ModelName'])
      note('createModel', name)
      if (models.has(name)) return false
      models.set(name, readModel(name, request, state.nowMs))
      tagsOf.set(arnOf('model', name), readTags(request))
      return true
    },
    async createConfig(request) {
      const name = String(request['EndpointConfigName'])
      note('createConfig', name)
      if (configs.has(name)) return false
      configs.set(name, readConfig(name, request, state.nowMs))
      tagsOf.set(arnOf('endpoint-config', name), readTags(request))
      return true
    },
    async create(name, configName, tags) {
      note('create', `${name} ${configName}`)
      if (look(name)) throw validation(`Cannot create already existing endpoint "${name}".`)
      const change = begin(configName, 'Failed')
      held.set(name, {createdAtMs: state.nowMs, configName, status: 'Creating', change})
      tagsOf.set(arnOf('endpoint', name), tags)
    },
    async update(name, configName) {
      note('update', `${name} ${configName}`)
      const found = look(name)
      if (!found || !['InService', 'OutOfService', 'UpdateRollbackFailed'].includes(found.status)) {
        throw validation(`Cannot update endpoint "${name}": it is ${found?.status}.`)
      }
      delete found.failureReason
      const change = begin(configName, 'InService')
      Object.assign(found, {status: 'Updating', change})
    },
    tags: async (arn) => tagsOf.get(arn) ?? [],
    async tag(arn, tags) {
      note('tag', arn.slice(arn.lastIndexOf('/') + 1))
      const kept = (tagsOf.get(arn) ?? []).filter(({key}) => !tags.some((tag) => tag.key === key))
      tagsOf.set(arn, [...kept, ...tags])
    },
    async removeEndpoint(name) {
      note('removeEndpoint', name)
      const found = look(name)
      if (found) Object.assign(found, {status: 'Deleting', change: {atMs: state.nowMs + deleteMs}})
    },
    async removeConfig(name) {
      note('removeConfig', name)
      configs.delete(name)
    },
    async removeModel(name) {
      note('removeModel', name)
      models.delete(name)
    },
  }
}

function readModel(name: string, request: JsonObject, createdAtMs: number): ServedModel {
  const {ModelPackageName, Environment} = member(request, 'PrimaryContainer')
  const environment = Environment === undefined ? {} : {environment: Environment as Record<string, string>}
  const containers = [{modelPackageName: String(ModelPackageName), ...environment}]
  return {name, arn: arnOf('model', name), createdAtMs, roleArn: String(request['ExecutionRoleArn']), containers}
}

function readConfig(name: string, request: JsonObject, createdAtMs: number): EndpointConfig {
  const [variant = {}] = request['ProductionVariants'] as JsonObject[]
  const {VariantName, ModelName, InstanceType, InitialInstanceCount, ServerlessConfig} = variant
  const named = {name: String(VariantName), modelName: String(ModelName)}
  const {MemorySizeInMB, MaxConcurrency} = (ServerlessConfig ?? {}) as JsonObject
  const on = ServerlessConfig
    ? {serverless: {memoryMb: Number(MemorySizeInMB), maxConcurrency: Number(MaxConcurrency)}}
    : {instanceType: String(InstanceType), instanceCount: Number(InitialInstanceCount)}
  return {name, arn: arnOf('endpoint-config', name), createdAtMs, variants: [{...named, ...on}]}
}

function readTags(request: JsonObject): Tag[] {
  return (request['Tags'] as {Key: string; Value: string}[]).map(({Key, Value}) => ({key: Key, value: Value}))
}

function member(request: JsonObject, name: string): JsonObject {
  return request[name] as JsonObject
}

function validation(message: string): MlpipeError {
  return new MlpipeError({code: 'refused', who: 'service', message})
}
