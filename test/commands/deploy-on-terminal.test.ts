// Deploying to AWS from a terminal: the built program, and the engine behind a socket in the place of AWS.

import {CreatePipelineCommand, DescribePipelineCommand} from '@aws-sdk/client-sagemaker'
import {expect, it, onTestFinished, vi} from 'vitest'
import {listen} from '../../src/engine/wire/http-server.ts'
import {stripColour} from '../../src/views/style.ts'
import {localCloud, roleArn} from '../engine/support/local-cloud.ts'
import {prodTarget} from '../support/aws-account.ts'
import {answerOnTerminal} from '../support/on-terminal.ts'
import {tempDir} from '../support/temp-dir.ts'

const before = {
  ...{Version: '2020-12-01', Metadata: {}, Parameters: []},
  Steps: [{Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'before'}}],
}

it.each([
  ['n', 'n\n', 0, 'before'],
  ['Ctrl-C', '\x03', 130, 'before'],
  ['y', 'y\n', 0, 'after'],
])('%s at the question', async (_key, keys, exit, message) => {
  const {engine, sageMaker} = localCloud()
  const server = await listen(engine, {port: 0, host: '127.0.0.1'})
  onTestFinished(() => server.close())
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${server.port}`)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const Tags = [{Key: 'mlpipe:version', Value: '1'}]
  const PipelineDefinition = JSON.stringify(before)
  await sageMaker.send(new CreatePipelineCommand({PipelineName: 'churn', PipelineDefinition, RoleArn: roleArn, Tags}))

  const directory = tempDir({'mlpipe.yaml': `name: churn\nsteps:\n  stop: {type: fail, message: after}\n${prodTarget}`})
  const {code, screen} = await answerOnTerminal(directory, {question: 'y/N', keys}, 'deploy', '-t', 'prod')
  expect(stripColour(screen)).toMatch(/ErrorMessage.*before.*after/)
  expect(screen).toContain('deploy churn to prod (AWS us-east-1)?')
  expect(code).toBe(exit)
  const found = await sageMaker.send(new DescribePipelineCommand({PipelineName: 'churn'}))
  expect(found.PipelineDefinition).toContain(`"ErrorMessage":"${message}"`)
})
