// A process of its own with an engine: `worker.ts <state directory> run <arn>` or `… start <pipeline>`.
// `start` prints the execution's ARN and stays until the execution has ended.

import {argv, stdout} from 'node:process'
import {SageMakerClient, StartPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {openEngine} from '../../../src/engine/engine.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'

const [, , stateDirectory = '', verb = '', subject = ''] = argv
const engine = openEngine({stateDirectory, now: Date.now, env: {PATH: process.env.PATH}})
if (verb === 'run') await engine.runExecution(subject)
else {
  const credentials = {accessKeyId: 'local', secretAccessKey: 'local'}
  const client = new SageMakerClient({region: 'us-east-1', credentials, requestHandler: requestHandler(engine)})
  const started = await client.send(new StartPipelineExecutionCommand({PipelineName: subject}))
  stdout.write(`${started.PipelineExecutionArn}\n`)
  await engine.idle()
}
engine.close()
