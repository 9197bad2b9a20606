// A pipeline that registers into the group "churn", its packages, and endpoints in memory, on a target of either kind.

import type {DeployModelInput} from '../../../src/actions/models/serving/plan-deploy.ts'
import type {ModelPackage} from '../../../src/cloud/ports.ts'
import {type FakeWorld, fakeCloud, fakeState, fakeWorld, packageArn} from '../../support/fake-cloud.ts'
import {type FakeEndpoints, fakeEndpoints} from '../../support/fake-endpoints.ts'
import {tempDir} from '../../support/temp-dir.ts'

export const role = 'arn:aws:iam::000000000000:role/serving'

const spec = `\
name: churn
steps:
  stop: {type: fail, message: no}
targets:
  prod: {region: us-east-1, role: "${role}", bucket: b}
  bare: {region: us-east-1, bucket: b}
`

const definition = (steps: readonly object[]) =>
  JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: steps})

const register = {Name: 'register', Type: 'RegisterModel', Arguments: {ModelPackageGroupName: 'churn'}}

export const endpointStep = {Name: 'serve', Type: 'Endpoint', Arguments: {EndpointName: 'churn-live'}}

export function modelPackage(version: number, more: Partial<ModelPackage> = {}): ModelPackage {
  return {
    arn: packageArn(version),
    group: 'churn',
    version,
    status: 'Completed',
    approval: 'Approved',
    createdAtMs: Date.UTC(2026, 0, version),
    contentTypes: ['text/csv'],
    responseTypes: [],
    properties: [],
    ...more,
  }
}

export type RegistryWorld = {
  readonly world: FakeWorld & {readonly asked: string[]}
  readonly endpoints: FakeEndpoints
  readonly state: ReturnType<typeof fakeState>
}

export function registryWorld(
  packages: readonly ModelPackage[],
  steps: readonly object[] = [register],
  onSleep: (nowMs: number) => void = () => {},
): RegistryWorld {
  const state = fakeState({packages: [...packages], pipelineDefinition: definition(steps)})
  const endpoints = fakeEndpoints(state)
  const cloud = {...fakeCloud(state), endpoints}
  const asked: string[] = []
  const world = {
    ...fakeWorld(state, onSleep),
    cwd: tempDir({'mlpipe.yaml': spec}),
    connect: async () => ({cloud, recovered: [], close: async () => {}}),
    confirm: async (question: string) => {
      asked.push(question)
      return true
    },
    asked,
  }
  return {world, endpoints, state}
}

export const deployInput = (more: Partial<DeployModelInput> = {}): DeployModelInput => ({
  wait: true,
  dryRun: false,
  yes: true,
  adopt: false,
  version: '1.2.3',
  target: 'prod',
  ...more,
})
