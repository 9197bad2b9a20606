// Endpoints of an engine, made and asked through the SDK's own clients.

import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  type ProductionVariant,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker'
import {InvokeEndpointCommand, SageMakerRuntimeClient} from '@aws-sdk/client-sagemaker-runtime'
import {putArchive} from './job-definitions.ts'
import {clientConfig, type LocalCloud, roleArn, until} from './local-cloud.ts'

/** A model called so whose archive holds the script as code/inference.py, and these files. */
export async function makeModel(
  cloud: LocalCloud,
  ModelName: string,
  script: string | undefined,
  files: Readonly<Record<string, string>> = {weight: '1'},
): Promise<void> {
  const ModelDataUrl = `s3://mlpipe-local/models/${ModelName}/model.tar.gz`
  await putArchive(cloud, ModelDataUrl, {...files, ...(script === undefined ? {} : {'code/inference.py': script})})
  const PrimaryContainer = {Image: 'image', ModelDataUrl}
  await cloud.sageMaker.send(new CreateModelCommand({ModelName, PrimaryContainer, ExecutionRoleArn: roleArn}))
}

/** A configuration with these variants, each on one machine. */
export async function makeConfig(
  cloud: LocalCloud,
  EndpointConfigName: string,
  variants: readonly (Partial<ProductionVariant> & {ModelName: string})[],
): Promise<void> {
  const ProductionVariants = variants.map((variant) => ({
    VariantName: 'AllTraffic',
    InstanceType: 'ml.m5.large' as const,
    InitialInstanceCount: 1,
    ...variant,
  }))
  await cloud.sageMaker.send(new CreateEndpointConfigCommand({EndpointConfigName, ProductionVariants}))
}

/** A model, a configuration and an endpoint of that script, all of one name; once it answers, or has failed. */
export async function deployScript(
  cloud: LocalCloud,
  name: string,
  script: string | undefined,
): Promise<DescribeEndpointOutput> {
  await makeModel(cloud, name, script)
  await makeConfig(cloud, name, [{ModelName: name}])
  await cloud.sageMaker.send(new CreateEndpointCommand({EndpointName: name, EndpointConfigName: name}))
  return settled(cloud, name)
}

/** Moves the endpoint to another configuration, and waits until that has come to an end. */
export async function moveTo(
  cloud: LocalCloud,
  EndpointName: string,
  EndpointConfigName: string,
): Promise<DescribeEndpointOutput> {
  await cloud.sageMaker.send(new UpdateEndpointCommand({EndpointName, EndpointConfigName}))
  return settled(cloud, EndpointName)
}

/** The endpoint once nothing is being done to it. */
export async function settled(cloud: LocalCloud, EndpointName: string): Promise<DescribeEndpointOutput> {
  let found: DescribeEndpointOutput | undefined
  await until(async () => {
    found = await cloud.sageMaker.send(new DescribeEndpointCommand({EndpointName}))
    return found.EndpointStatus !== 'Creating' && found.EndpointStatus !== 'Updating'
  })
  if (!found) throw new Error('the endpoint was never seen')
  return found
}

export function runtimeOf(cloud: LocalCloud): SageMakerRuntimeClient {
  return new SageMakerRuntimeClient(clientConfig(cloud.engine))
}

export type Asked = {
  readonly body?: string | Uint8Array
  readonly type?: string
  readonly accept?: string
  readonly variant?: string
}

/** The text of the answer. */
export async function ask(runtime: SageMakerRuntimeClient, EndpointName: string, asked: Asked = {}): Promise<string> {
  const {body = '[1]', type = 'application/json', accept, variant} = asked
  const answer = await runtime.send(
    new InvokeEndpointCommand({
      ...{EndpointName, Body: Buffer.from(body), ContentType: type},
      ...(accept === undefined ? {} : {Accept: accept}),
      ...(variant === undefined ? {} : {TargetVariant: variant}),
    }),
  )
  return Buffer.from(answer.Body).toString()
}
