// A client of AWS as the contract sees it: operations by their API names, inputs and outputs in AWS's own shapes.

import type {JsonObject} from '../../src/definition/json.ts'

export type Service =
  | 'sagemaker'
  | 'sagemaker-runtime'
  | 's3'
  | 'events'
  | 'scheduler'
  | 'sts'
  | 'iam'
  | 'logs'
  | 'cloudwatch'

/** What came back: the output, or the name of the error that the client made of it. */
export type Answer =
  | {readonly kind: 'output'; readonly output: JsonObject}
  | {readonly kind: 'error'; readonly name: string; readonly message: string}
  /** The client is older than the operation, or than a member of it. */
  | {readonly kind: 'unknown'; readonly message: string}

/** A body of bytes, in an input or an output, is `{base64}`. */
export type Client = {
  call(service: Service, operation: string, input: JsonObject): Promise<Answer>
  close(): Promise<void>
}

/** A client of an engine whose time can be put forward. */
export type TimedClient = Client & {now(): number; turnClock(ms: number): void}

/** The output of a call that must succeed. */
export async function output(
  client: Client,
  service: Service,
  operation: string,
  input: JsonObject,
): Promise<JsonObject> {
  const answer = await client.call(service, operation, input)
  if (answer.kind === 'output') return answer.output
  const name = answer.kind === 'error' ? answer.name : 'nothing, for it is not known'
  throw new Error(`${service} ${operation} answered ${name}: ${answer.message}`)
}

/** The name of the error of a call that must fail. */
export async function errorOf(client: Client, service: Service, operation: string, input: JsonObject): Promise<string> {
  const answer = await client.call(service, operation, input)
  return answer.kind === 'error' ? answer.name : `no error, but ${JSON.stringify(answer)}`
}
