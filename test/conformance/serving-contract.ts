// The part of the contract that is about models: registered by a client, put behind an endpoint, and asked there. The script is that of
// the template tumour-classifier; its model is made by hand, so that what it answers can be told by hand.

import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {create} from 'tar'
import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../src/definition/json.ts'
import {until} from '../engine/support/local-cloud.ts'
import {tempDir} from '../support/temp-dir.ts'
import {type Client, errorOf, output, type Service} from './client.ts'

const script = readFileSync(
  fileURLToPath(new URL('../../templates/tumour-classifier/src/inference.py', import.meta.url)),
  'utf8',
)
const account = 'arn:aws:sagemaker:us-east-1:000000000000'
const ExecutionRoleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'

/** The probability is the logistic function of the one feature. */
const model = {features: ['x'], means: [0], deviations: [1], weights: [1], bias: 0}

async function archive(code: string): Promise<JsonObject> {
  const directory = tempDir({'model.json': JSON.stringify(model), 'code/inference.py': code})
  const file = `${directory}/model.tar.gz`
  await create({cwd: directory, file, gzip: true}, ['model.json', 'code'])
  return {base64: readFileSync(file).toString('base64')}
}

const text = (body: string): JsonObject => ({base64: Buffer.from(body).toString('base64')})

/** `client` gives the client once it is open. */
export function servingContract(client: () => Client): void {
  const call = (service: Service, operation: string, input: JsonObject) => output(client(), service, operation, input)
  const refusal = (service: Service, operation: string, input: JsonObject) =>
    errorOf(client(), service, operation, input)

  async function put(key: string, code: string): Promise<string> {
    await call('s3', 'PutObject', {Bucket: 'serving', Key: key, Body: await archive(code)})
    return `s3://serving/${key}`
  }

  async function register(ModelDataUrl: string, ModelApprovalStatus: string): Promise<string> {
    const made = await call('sagemaker', 'CreateModelPackage', {
      ...{ModelPackageGroupName: 'tumours', ModelApprovalStatus},
      InferenceSpecification: {
        Containers: [{Image: 'sklearn', ModelDataUrl}],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
      },
    })
    return String(made.ModelPackageArn)
  }

  async function configure(name: string, container: JsonObject): Promise<void> {
    await call('sagemaker', 'CreateModel', {ModelName: name, PrimaryContainer: container, ExecutionRoleArn})
    const variant = {VariantName: 'main', ModelName: name, InstanceType: 'ml.m5.large', InitialInstanceCount: 1}
    await call('sagemaker', 'CreateEndpointConfig', {EndpointConfigName: name, ProductionVariants: [variant]})
  }

  async function settled(EndpointName: string): Promise<JsonObject> {
    let found: JsonObject = {}
    await until(async () => {
      found = await call('sagemaker', 'DescribeEndpoint', {EndpointName})
      return found.EndpointStatus !== 'Creating' && found.EndpointStatus !== 'Updating'
    })
    return found
  }

  const asked = (body: string, ContentType: string, Accept: string) => ({
    ...{EndpointName: 'tumours', ContentType, Accept, Body: text(body)},
  })

  describe('a model', () => {
    it('is registered, approved, deployed and asked', async () => {
      await call('s3', 'CreateBucket', {Bucket: 'serving'})
      await call('sagemaker', 'CreateModelPackageGroup', {ModelPackageGroupName: 'tumours'})
      const ModelPackageName = await register(await put('good/model.tar.gz', script), 'PendingManualApproval')
      expect(ModelPackageName).toBe(`${account}:model-package/tumours/1`)
      const early = {ModelName: 'early', PrimaryContainer: {ModelPackageName}, ExecutionRoleArn}
      expect(await refusal('sagemaker', 'CreateModel', early)).toBe('ValidationException')
      await call('sagemaker', 'UpdateModelPackage', {
        ModelPackageArn: ModelPackageName,
        ModelApprovalStatus: 'Approved',
      })
      await configure('tumours', {ModelPackageName})
      const made = await call('sagemaker', 'CreateEndpoint', {EndpointName: 'tumours', EndpointConfigName: 'tumours'})
      expect(made.EndpointArn).toBe(`${account}:endpoint/tumours`)
      expect(await settled('tumours')).toMatchObject({EndpointStatus: 'InService', EndpointConfigName: 'tumours'})

      const csv = await call('sagemaker-runtime', 'InvokeEndpoint', asked('0\n100\n', 'text/csv', 'text/csv'))
      expect(csv).toMatchObject({ContentType: 'text/csv', InvokedProductionVariant: 'main'})
      expect(csv.Body).toEqual(text('0.500000\n1.000000\n'))
      const json = asked('[{"x": 0}]', 'application/json', 'application/json')
      expect((await call('sagemaker-runtime', 'InvokeEndpoint', json)).Body).toEqual(text('[{"benign": 0.5}]'))
    })

    it('refuses what it cannot take as its own error, and an endpoint that is not there as the service does', async () => {
      const wrong = asked('1,2\n', 'text/csv', 'text/csv')
      expect(await refusal('sagemaker-runtime', 'InvokeEndpoint', wrong)).toBe('ModelError')
      const gone = {EndpointName: 'gone', Body: text('0')}
      expect(await refusal('sagemaker-runtime', 'InvokeEndpoint', gone)).toBe('ValidationError')
    })

    it('that cannot be loaded does not take the place of the one that answers', async () => {
      const ModelDataUrl = await put('broken/model.tar.gz', 'def model_fn(d): raise ValueError("no weights")\n')
      await configure('broken', {Image: 'sklearn', ModelDataUrl})
      await call('sagemaker', 'UpdateEndpoint', {EndpointName: 'tumours', EndpointConfigName: 'broken'})
      const after = await settled('tumours')
      expect(after).toMatchObject({EndpointStatus: 'InService', EndpointConfigName: 'tumours'})
      expect(after.FailureReason).toContain('no weights')
      const answer = await call('sagemaker-runtime', 'InvokeEndpoint', asked('0\n', 'text/csv', 'text/csv'))
      expect(answer.Body).toEqual(text('0.500000\n'))
      const logGroupName = '/aws/sagemaker/Endpoints/tumours'
      const {events} = await call('logs', 'FilterLogEvents', {logGroupName, filterPattern: '"no weights"'})
      expect(events).not.toEqual([])
    })

    it('is taken away', async () => {
      await call('sagemaker', 'DeleteEndpoint', {EndpointName: 'tumours'})
      const late = asked('0\n', 'text/csv', 'text/csv')
      expect(await refusal('sagemaker-runtime', 'InvokeEndpoint', late)).toBe('ValidationError')
      for (const EndpointConfigName of ['tumours', 'broken']) {
        await call('sagemaker', 'DeleteEndpointConfig', {EndpointConfigName})
        await call('sagemaker', 'DeleteModel', {ModelName: EndpointConfigName})
      }
      expect(await refusal('sagemaker', 'DescribeModel', {ModelName: 'tumours'})).toBe('ValidationException')
    })
  })
}
