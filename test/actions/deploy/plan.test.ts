// A plan file: deployed exactly as it was made, or not at all.

import {readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {AddTagsCommand, DescribePipelineCommand, UpdatePipelineCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {type DeployInput, deploy} from '../../../src/actions/deploy/deploy.ts'
import {diff} from '../../../src/actions/diff.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {type Account, awsAccount, prodTarget} from '../../support/aws-account.ts'
import {writeFiles} from '../../support/temp-dir.ts'

/** The number has more digits than a JavaScript number keeps. */
const spec = (seed: string) => `\
name: churn
parameters: {rate: 6.0, seed: ${seed}}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  prepare: {type: processing, code: prepare.py, inputs: {raw: data}}
  tune: {type: fail, message: "at \${parameters.rate} \${parameters.seed}"}
${prodTarget}`

const files = {
  'mlpipe.yaml': spec('9007199254740993'),
  'prepare.py': 'print(1)\n',
  'data/a.csv': '1\n',
  'data/b.csv': '2\n',
}

const makePlan = ({world}: Account) =>
  diff({target: 'prod', parameters: [], output: 'plan.json', version: '1.2.3'}, world)

const deployPlan = ({world}: Account, more: Partial<DeployInput> = {}) =>
  deploy({plan: 'plan.json', dryRun: false, yes: false, adopt: false, version: '9.9.9', ...more}, world)

async function refused(account: Account, more: Partial<DeployInput> = {}): Promise<MlpipeError> {
  account.calls = []
  const error = await deployPlan(account, more).catch((thrown: unknown) => thrown)
  expect(account.calls.filter((call) => /^(Create|Update|Add|Delete)|^PUT /.test(call))).toEqual([])
  if (error instanceof MlpipeError) return error
  throw new Error(`expected a refusal, got ${String(error)}`)
}

async function definitionOf({local}: Account): Promise<string> {
  const found = await local.sageMaker.send(new DescribePipelineCommand({PipelineName: 'churn'}))
  return found.PipelineDefinition ?? ''
}

const planOf = ({directory}: Account) => JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8'))

it('deploys the definition of the plan to the byte, whatever the spec says by now, and asks nothing', async () => {
  const account = awsAccount(files)
  expect(await makePlan(account)).toMatchObject({plan: 'plan.json', deploy: {outcome: 'create'}})
  expect(planOf(account)).toMatchObject({
    formatVersion: 1,
    version: '1.2.3',
    pipeline: 'churn',
    target: {name: 'prod', region: 'us-east-1', account: '000000000000'},
    against: {state: 'absent'},
    uploads: [
      {form: 'file', files: [{path: 'prepare.py'}]},
      {form: 'folder', files: [{path: 'data/a.csv'}, {}]},
    ],
  })

  writeFiles(account.directory, {'mlpipe.yaml': spec('1')})
  expect(await deployPlan(account)).toMatchObject({outcome: 'created', target: 'prod', next: ['mlpipe run -t prod']})
  expect(account.questions).toEqual([])
  expect(await definitionOf(account)).toBe(planOf(account).definition)
  expect(await definitionOf(account)).toMatch(/"DefaultValue":6\.0\b.*"DefaultValue":9007199254740993\b/)

  account.calls = []
  expect(await deployPlan(account)).toMatchObject({outcome: 'unchanged'})
  expect(account.calls.filter((call) => /^(Create|Update|Add)/.test(call))).toEqual([])
})

it.each<[string, RegExp, (account: Account) => Promise<unknown>]>([
  [
    'a definition',
    /has moved since plan\.json was made: its definition, its role, it was updated at /,
    ({local}) => {
      const PipelineDefinition = JSON.stringify({
        ...{Version: '2020-12-01', Metadata: {}, Parameters: []},
        Steps: [{Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'x'}}],
      })
      const RoleArn = 'arn:aws:iam::000000000000:role/another'
      return local.sageMaker.send(new UpdatePipelineCommand({PipelineName: 'churn', RoleArn, PipelineDefinition}))
    },
  ],
  [
    'tags',
    /: its tags$/,
    async ({local}) => {
      const {PipelineArn} = await local.sageMaker.send(new DescribePipelineCommand({PipelineName: 'churn'}))
      await local.sageMaker.send(new AddTagsCommand({ResourceArn: PipelineArn, Tags: [{Key: 'a', Value: 'b'}]}))
    },
  ],
])('is refused when the deployed pipeline has moved: %s', async (_what, words, move) => {
  const account = awsAccount(files)
  await deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1'}, account.world)
  writeFiles(account.directory, {'mlpipe.yaml': spec('2')})
  await makePlan(account)
  await move(account)
  const error = await refused(account)
  expect(error).toMatchObject({code: 'plan-stale', nextSteps: ['mlpipe diff -o plan.json -t prod']})
  expect(error.message).toMatch(words)
})

it('is refused when the pipeline was made in between', async () => {
  const account = awsAccount(files)
  await makePlan(account)
  writeFiles(account.directory, {'mlpipe.yaml': spec('2')})
  await deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1'}, account.world)
  expect((await refused(account)).message).toMatch(/: it was created$/)
})

it.each<[string, RegExp, (directory: string) => void]>([
  [
    'changed',
    /data\/b\.csv is not what it was when plan\.json was made/,
    (at) => writeFiles(at, {'data/b.csv': '3\n'}),
  ],
  ['gone', /prepare\.py, which plan\.json uploads, is there no more/, (at) => rmSync(join(at, 'prepare.py'))],
])('is refused when a local file is %s', async (_what, words, change) => {
  const account = awsAccount(files)
  await makePlan(account)
  change(account.directory)
  const error = await refused(account)
  expect(error.code).toBe('plan-stale')
  expect(error.message).toMatch(words)
})

it('is refused for another target, region or account', async () => {
  const account = awsAccount(files)
  await makePlan(account)
  expect((await refused(account, {target: 'dev'})).message).toBe('plan.json was made for target "prod", not "dev"')
  Object.assign(account.world, {env: {MLPIPE_REGION: 'eu-west-1'}})
  expect((await refused(account)).message).toBe('plan.json was made for region us-east-1, not eu-west-1')
  Object.assign(account.world, {env: {}})
  account.accountId = '111122223333'
  expect((await refused(account)).code).toBe('wrong-account')
})

it.each([
  ['no JSON', 'a: b', /it is no JSON/],
  ['another document', '{}', /it is no plan of mlpipe/],
  ['a later format', '{"kind": "mlpipe-plan", "formatVersion": 2}', /of another version/],
  ['a plan that was tampered with', '{"kind": "mlpipe-plan", "formatVersion": 1, "spec": []}', /its spec is not what/],
])('says what is wrong with %s', async (_what, text, words) => {
  const account = awsAccount({...files, 'plan.json': text})
  const error = await refused(account)
  expect(error.code).toBe('plan-unreadable')
  expect(error.message).toMatch(words)
})

it('is made against what is deployed alone', async () => {
  const {world} = awsAccount(files)
  const input = {target: 'prod', parameters: [], output: 'p.json', against: 'file:x', version: '1'}
  await expect(diff(input, world)).rejects.toThrow(/a plan is made against what is deployed/)
})
