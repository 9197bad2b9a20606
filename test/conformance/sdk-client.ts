// The JavaScript SDK as a client of the contract: commands found by the names of their operations.

import type {Answer, Client, Service} from './client.ts'

type Sender = {send(command: unknown): Promise<object>; destroy(): void}
type Module = Readonly<Record<string, new (input: object) => unknown>>
type Settings = Readonly<Record<string, unknown>>

const modules: Readonly<Record<Service, readonly [client: string, load: () => Promise<unknown>]>> = {
  'sagemaker-runtime': ['SageMakerRuntimeClient', () => import('@aws-sdk/client-sagemaker-runtime')],
  s3: ['S3Client', () => import('@aws-sdk/client-s3')],
  sagemaker: ['SageMakerClient', () => import('@aws-sdk/client-sagemaker')],
  events: ['EventBridgeClient', () => import('@aws-sdk/client-eventbridge')],
  scheduler: ['SchedulerClient', () => import('@aws-sdk/client-scheduler')],
  sts: ['STSClient', () => import('@aws-sdk/client-sts')],
  iam: ['IAMClient', () => import('@aws-sdk/client-iam')],
  cloudwatch: ['CloudWatchClient', () => import('@aws-sdk/client-cloudwatch')],
  logs: ['CloudWatchLogsClient', () => import('@aws-sdk/client-cloudwatch-logs')],
}

/** `where` is what tells this client from another: a `requestHandler`, or an `endpoint`. */
export function sdkClient(where: Settings): Client {
  const settings = {
    region: 'us-east-1',
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
    maxAttempts: 1,
    // Of S3 only: a bucket is no host name here.
    forcePathStyle: true,
    ...where,
  }
  const clients = new Map<Service, Sender>()

  async function call(service: Service, operation: string, input: object): Promise<Answer> {
    const [name, load] = modules[service]
    const module = (await load()) as Module
    const ClientClass = module[name]
    const Command = module[`${operation}Command`]
    if (!ClientClass || !Command) throw new Error(`the SDK has no ${service} ${operation}`)
    const client = clients.get(service) ?? (new ClientClass(settings) as Sender)
    clients.set(service, client)
    try {
      const answer = await client.send(new Command(withBytes(input)))
      return {kind: 'output', output: JSON.parse(JSON.stringify({...withBase64(answer), $metadata: undefined}))}
    } catch (error) {
      if (!(error instanceof Error) || !('$metadata' in error)) throw error
      return {kind: 'error', name: error.name, message: error.message}
    }
  }

  return {
    call,
    async close() {
      for (const client of clients.values()) client.destroy()
    },
  }
}

function withBytes(input: {readonly Body?: {readonly base64: string}}): object {
  return input.Body ? {...input, Body: Buffer.from(input.Body.base64, 'base64')} : input
}

function withBase64(answer: {readonly Body?: unknown}): object {
  if (!(answer.Body instanceof Uint8Array)) return answer
  return {...answer, Body: {base64: Buffer.from(answer.Body).toString('base64')}}
}
