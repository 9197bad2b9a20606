// What lies beside the definition: parallelism and tags of the pipeline.

import {join} from 'node:path'
import {DescribePipelineCommand, ListTagsCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import Deploy from '../../src/commands/deploy.ts'
import Diff from '../../src/commands/diff.ts'
import {localCloud} from '../engine/support/local-cloud.ts'
import {runCommand} from '../support/run-command.ts'
import {tempDir, writeFiles} from '../support/temp-dir.ts'

const spec = (settings: string) => `name: churn\n${settings}steps:\n  stop: {type: fail, message: the end}\n`

it('sets parallelism and tags, changes them alone, and calls no update when nothing changed', async () => {
  const directory = tempDir({'mlpipe.yaml': spec('parallelism: 2\ntags: {team: vision, cost: 42}\n')})
  const deploy = async (settings?: string) => {
    if (settings !== undefined) writeFiles(directory, {'mlpipe.yaml': spec(settings)})
    const {stdout} = await runCommand(Deploy, 'deploy', ['-f', join(directory, 'mlpipe.yaml'), '--json'])
    return JSON.parse(stdout).outcome
  }
  const {sageMaker} = localCloud({stateDirectory: join(directory, '.mlpipe')})
  const stored = async () => {
    const {PipelineArn, ParallelismConfiguration} = await sageMaker.send(
      new DescribePipelineCommand({PipelineName: 'churn'}),
    )
    const {Tags = []} = await sageMaker.send(new ListTagsCommand({ResourceArn: PipelineArn}))
    const own = Tags.filter(({Key}) => !Key?.startsWith('mlpipe:'))
    return {parallelism: ParallelismConfiguration?.MaxParallelExecutionSteps, tags: own.map((tag) => tag.Value).sort()}
  }

  expect(await deploy()).toBe('created')
  expect(await stored()).toEqual({parallelism: 2, tags: ['42', 'vision']})
  expect(await deploy()).toBe('unchanged')
  expect(await deploy('parallelism: 3\ntags: {team: vision, cost: 42}\n')).toBe('updated')
  expect(await deploy('parallelism: 3\ntags: {team: speech, cost: 42}\n')).toBe('updated')
  expect(await stored()).toEqual({parallelism: 3, tags: ['42', 'speech']})
  expect(await deploy('parallelism: 3\n')).toBe('unchanged')

  writeFiles(directory, {'mlpipe.yaml': spec('description: d\nparallelism: 4\ntags: {team: vision}\n')})
  const diff = await runCommand(Diff, 'diff', ['-f', join(directory, 'mlpipe.yaml'), '--json'])
  expect(JSON.parse(diff.stdout).deploy).toMatchObject({
    outcome: 'update',
    changes: [
      {path: 'ParallelismConfiguration.MaxParallelExecutionSteps', before: 3, after: 4},
      {path: 'Tags.team', before: 'speech', after: 'vision'},
      {path: 'PipelineDescription', after: 'd'},
    ],
  })
})
