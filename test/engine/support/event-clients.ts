// The SDK's clients of EventBridge and its Scheduler that talk to an engine of the test's process.

import {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {SchedulerClient} from '@aws-sdk/client-scheduler'
import type {Engine} from '../../../src/engine/engine.ts'
import {clientConfig} from './local-cloud.ts'

export const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/train'
export const triggerRoleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'

export function eventClients(engine: Engine) {
  const config = clientConfig(engine)
  return {events: new EventBridgeClient(config), scheduler: new SchedulerClient(config)}
}

/** `<name>: <message>` of the error that the call ends with. */
export async function faultOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Error ? `${error.name}: ${error.message}` : 'no fault'
}
