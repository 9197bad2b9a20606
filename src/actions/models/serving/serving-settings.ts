// On what a model is served, as the flags say; what they do not say stays as the endpoint has it.

import {environmentNamePattern} from '../../../definition/names.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {splitParameter} from '../../parameters/start-parameters.ts'
import type {StandingEndpoint} from './standing-endpoint.ts'
import type {Capacity, Serving} from './wanted-serving.ts'

export type ServingFlags = {
  readonly instance?: string | undefined
  readonly count?: number | undefined
  /** `MEMORY:CONCURRENCY`. */
  readonly serverless?: string | undefined
  /** `NAME=VALUE`; all of them, in place of what the model had. */
  readonly environment?: readonly string[] | undefined
  readonly role?: string | undefined
}

export type GivenServing = {
  readonly serverless?: Capacity
  readonly instance?: string
  readonly count?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly role?: string
}

/** Where neither a flag nor the endpoint says otherwise. */
const usualInstance = {kind: 'instance', type: 'ml.m5.large', count: 1} as const

/** Throws a usage error for the first flag that cannot be. */
export function readServingFlags({instance, count, serverless, environment, role}: ServingFlags): GivenServing {
  if (instance !== undefined && !/^ml\.[a-z0-9-]+\.[a-z0-9]+$/.test(instance)) {
    throw usage(`--instance takes an instance type such as ml.m5.large, not "${instance}"`)
  }
  if (count !== undefined && count < 1) throw usage(`--count takes 1 or more instances, not ${count}`)
  if (role !== undefined && !/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(role)) {
    throw usage(`--role takes the ARN of a role, not "${role}"`)
  }
  return {
    ...(instance === undefined ? {} : {instance}),
    ...(count === undefined ? {} : {count}),
    ...(serverless === undefined ? {} : {serverless: readServerless(serverless)}),
    ...(environment === undefined ? {} : {environment: readEnvironment(environment)}),
    ...(role === undefined ? {} : {role}),
  }
}

/** What is given, over what stands, over what is usual. */
export function servingOf(given: GivenServing, standing: StandingEndpoint | undefined, targetRole: string): Serving {
  const environment = given.environment ?? standing?.served?.containers[0]?.environment ?? {}
  const role = given.role ?? (targetRole || standing?.served?.roleArn) ?? ''
  return {capacity: capacityOf(given, standing), environment, role}
}

function capacityOf({serverless, instance, count}: GivenServing, standing: StandingEndpoint | undefined): Capacity {
  if (serverless) return serverless
  const present = presentCapacity(standing)
  if (present?.kind === 'serverless' && instance === undefined && count === undefined) return present
  const base = present?.kind === 'instance' ? present : usualInstance
  return {kind: 'instance', type: instance ?? base.type, count: count ?? base.count}
}

function presentCapacity(standing: StandingEndpoint | undefined): Capacity | undefined {
  const variant = standing?.config?.variants[0]
  if (variant?.serverless) return {kind: 'serverless', ...variant.serverless}
  if (variant?.instanceType === undefined) return undefined
  return {kind: 'instance', type: variant.instanceType, count: variant.instanceCount ?? 1}
}

/** API Reference, ProductionVariantServerlessConfig: 1 to 6 GB, 1 to 200 requests at the same time. */
function readServerless(text: string): Capacity {
  const [, memory, concurrency] = /^(\d+):(\d+)$/.exec(text) ?? []
  const memoryMb = Number(memory)
  const maxConcurrency = Number(concurrency)
  if (memory === undefined || concurrency === undefined) {
    throw usage(`--serverless takes MEMORY:CONCURRENCY such as 2048:5, not "${text}"`)
  }
  if (memoryMb % 1024 !== 0 || memoryMb < 1024 || memoryMb > 6144) {
    throw usage(`a serverless endpoint has 1024, 2048, 3072, 4096, 5120 or 6144 MB of memory, not ${memoryMb}`)
  }
  if (maxConcurrency < 1 || maxConcurrency > 200) {
    throw usage(`a serverless endpoint answers 1 to 200 requests at the same time, not ${maxConcurrency}`)
  }
  return {kind: 'serverless', memoryMb, maxConcurrency}
}

function readEnvironment(given: readonly string[]): Record<string, string> {
  const environment = new Map<string, string>()
  for (const text of given) {
    const variable = splitParameter(text)
    if (!variable || !environmentNamePattern.test(variable.name)) {
      throw usage(`--env takes NAME=VALUE, where NAME has letters, digits and _, not "${text}"`)
    }
    if (environment.has(variable.name)) throw usage(`--env gives ${variable.name} twice: give it once`)
    environment.set(variable.name, variable.value)
  }
  return Object.fromEntries(environment)
}

function usage(message: string): MlpipeError {
  return new MlpipeError({code: 'usage', message})
}
