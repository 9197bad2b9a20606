// Models, endpoint configurations and endpoints through the AWS SDK.

import {
  type ContainerDefinition,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigCommandInput,
  CreateModelCommand,
  type CreateModelCommandInput,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  type ProductionVariant,
  type SageMakerClient,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker'
import {call, isGone, orUndefined, pageSize} from '../call.ts'
import {allPages, defined, toMs} from '../fields.ts'
import type {Endpoint, EndpointConfig, EndpointsPort, ServedModel} from '../lineage-ports.ts'
import {wasRepeated} from '../service-error.ts'
import {tagsPart, toTags} from './tags.ts'

export function endpointsPort(client: SageMakerClient): EndpointsPort {
  const endpoint = (name: string) => describeEndpoint(name, client)
  return {
    endpoint,
    endpointsNamed: (part, most) => listEndpoints(part, most, client),
    config: (name) => describeConfig(name, client),
    configsNamed: (part) => listConfigs(part, client),
    model: (name) => describeModel(name, client),
    modelsNamed: (part) => listModels(part, client),
    createModel: (request) => {
      const command = new CreateModelCommand(request as unknown as CreateModelCommandInput)
      const isThere = async () => (await describeModel(String(request['ModelName']), client)) !== undefined
      return unlessThere(call('CreateModel', client.send(command)), isThere)
    },
    createConfig: (request) => {
      const command = new CreateEndpointConfigCommand(request as unknown as CreateEndpointConfigCommandInput)
      const isThere = async () => (await describeConfig(String(request['EndpointConfigName']), client)) !== undefined
      return unlessThere(call('CreateEndpointConfig', client.send(command)), isThere)
    },
    async create(name, configName, tags) {
      const command = new CreateEndpointCommand({
        EndpointName: name,
        EndpointConfigName: configName,
        Tags: toTags(tags),
      })
      const isDone = async () => (await endpoint(name))?.configName === configName
      await evenIfRepeated(call('CreateEndpoint', client.send(command)), isDone)
    },
    async update(name, configName) {
      const command = new UpdateEndpointCommand({EndpointName: name, EndpointConfigName: configName})
      const isDone = async () => (await endpoint(name))?.status === 'Updating'
      await evenIfRepeated(call('UpdateEndpoint', client.send(command)), isDone)
    },
    ...tagsPart(client),
    async removeEndpoint(name) {
      const command = new DeleteEndpointCommand({EndpointName: name})
      await unlessGone(call('DeleteEndpoint', client.send(command)), async () => (await endpoint(name)) === undefined)
    },
    async removeConfig(name) {
      const command = new DeleteEndpointConfigCommand({EndpointConfigName: name})
      const isMissing = async () => (await describeConfig(name, client)) === undefined
      await unlessGone(call('DeleteEndpointConfig', client.send(command)), isMissing)
    },
    async removeModel(name) {
      const command = new DeleteModelCommand({ModelName: name})
      const isMissing = async () => (await describeModel(name, client)) === undefined
      await unlessGone(call('DeleteModel', client.send(command)), isMissing)
    },
  }
}

async function describeEndpoint(name: string, client: SageMakerClient): Promise<Endpoint | undefined> {
  const command = new DescribeEndpointCommand({EndpointName: name})
  const found = await orUndefined(call('DescribeEndpoint', client.send(command)), isGone)
  if (!found) return undefined
  return defined({
    name: found.EndpointName ?? name,
    arn: found.EndpointArn ?? '',
    status: found.EndpointStatus ?? 'Creating',
    // Not named when a failed creation has been rolled back.
    configName: found.EndpointConfigName ?? '',
    failureReason: found.FailureReason,
    createdAtMs: toMs(found.CreationTime),
    modifiedAtMs: toMs(found.LastModifiedTime),
  })
}

async function describeConfig(name: string, client: SageMakerClient): Promise<EndpointConfig | undefined> {
  const command = new DescribeEndpointConfigCommand({EndpointConfigName: name})
  const found = await orUndefined(call('DescribeEndpointConfig', client.send(command)), isGone)
  if (!found) return undefined
  return {
    name: found.EndpointConfigName ?? name,
    arn: found.EndpointConfigArn ?? '',
    createdAtMs: toMs(found.CreationTime),
    variants: (found.ProductionVariants ?? []).map(readVariant),
  }
}

function readVariant(variant: ProductionVariant): EndpointConfig['variants'][number] {
  const {MemorySizeInMB: memoryMb = 0, MaxConcurrency: maxConcurrency = 0} = variant.ServerlessConfig ?? {}
  return defined({
    name: variant.VariantName ?? '',
    modelName: variant.ModelName,
    instanceType: variant.InstanceType,
    instanceCount: variant.InitialInstanceCount,
    serverless: variant.ServerlessConfig ? {memoryMb, maxConcurrency} : undefined,
  })
}

async function describeModel(name: string, client: SageMakerClient): Promise<ServedModel | undefined> {
  const command = new DescribeModelCommand({ModelName: name})
  const found = await orUndefined(call('DescribeModel', client.send(command)), isGone)
  if (!found) return undefined
  const {PrimaryContainer: primary, Containers: several = []} = found
  return defined({
    name: found.ModelName ?? name,
    arn: found.ModelArn ?? '',
    createdAtMs: toMs(found.CreationTime),
    roleArn: found.ExecutionRoleArn,
    containers: (several.length > 0 || !primary ? several : [primary]).map(readContainer),
  })
}

function readContainer(container: ContainerDefinition): ServedModel['containers'][number] {
  const {
    ModelPackageName: modelPackageName,
    Image: image,
    ModelDataUrl: modelDataUrl,
    Environment: environment,
  } = container
  return defined({modelPackageName, image, modelDataUrl, environment})
}

async function listEndpoints(part: string, most: number, client: SageMakerClient): Promise<string[]> {
  const filter = part === '' ? {} : {NameContains: part}
  const found = await allPages(
    (NextToken) => {
      const command = new ListEndpointsCommand({...filter, MaxResults: Math.min(most, pageSize), NextToken})
      return call('ListEndpoints', client.send(command))
    },
    (page) => page.Endpoints,
    (page) => page.NextToken,
    most,
  )
  return found.map(({EndpointName = ''}) => EndpointName)
}

async function listConfigs(part: string, client: SageMakerClient): Promise<string[]> {
  const found = await allPages(
    (NextToken) => {
      const command = new ListEndpointConfigsCommand({NameContains: part, MaxResults: pageSize, NextToken})
      return call('ListEndpointConfigs', client.send(command))
    },
    (page) => page.EndpointConfigs,
    (page) => page.NextToken,
  )
  return found.map(({EndpointConfigName = ''}) => EndpointConfigName)
}

async function listModels(part: string, client: SageMakerClient): Promise<string[]> {
  const found = await allPages(
    (NextToken) => {
      const command = new ListModelsCommand({NameContains: part, MaxResults: pageSize, NextToken})
      return call('ListModels', client.send(command))
    },
    (page) => page.Models,
    (page) => page.NextToken,
  )
  return found.map(({ModelName = ''}) => ModelName)
}

/** SageMaker says ValidationException of what is there already, as of much else: whether that is why, looking tells. */
async function unlessThere(created: Promise<unknown>, isThere: () => Promise<boolean>): Promise<boolean> {
  try {
    await created
    return true
  } catch (error) {
    if (isGone(error) && (await isThere())) return false
    throw error
  }
}

/** The answer to the first request was lost, and the second is refused because the first was obeyed. */
async function evenIfRepeated(sent: Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await sent
  } catch (error) {
    if (!wasRepeated(error) || !(await isDone())) throw error
  }
}

async function unlessGone(sent: Promise<unknown>, isMissing: () => Promise<boolean>): Promise<void> {
  try {
    await sent
  } catch (error) {
    if (!isGone(error) || !(await isMissing())) throw error
  }
}
