// Deploying to an AWS target: what is called and in which order, what is asked, what is refused.

import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {CreatePipelineCommand, DescribePipelineCommand, ListTagsCommand} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {type DeployInput, deploy} from '../../../src/actions/deploy/deploy.ts'
import type {DeployResult} from '../../../src/actions/deploy/deploy-result.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {type Account, awsAccount, prodTarget, refusal} from '../../support/aws-account.ts'
import {writeFiles} from '../../support/temp-dir.ts'

const spec = (epochs = 3) => `\
name: churn
description: d
parallelism: 2
tags: {team: vision}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  prepare:
    type: processing
    code: prepare.py
    inputs: {raw: data}
    outputs: [out]
  train:
    type: training
    code: {dir: src, entry: train.py}
    hyperparameters: {epochs: ${epochs}}
    inputs: {train: "\${steps.prepare.outputs.out}"}
  register: {type: register, group: churn, model: "\${steps.train.model}"}
${prodTarget}`

const files = {
  'mlpipe.yaml': spec(),
  'prepare.py': 'print(1)\n',
  'src/train.py': 'print(2)\n',
  'data/a.csv': '1\n',
  'data/b.csv': '2\n',
  'data/c.csv': '3\n',
}

function deployTo(account: Account, more: Partial<DeployInput> = {}): Promise<DeployResult> {
  const input = {target: 'prod', dryRun: false, yes: true, adopt: false, version: '1.2.3', ...more}
  return deploy(input, account.world)
}

async function refused(attempt: Promise<unknown>): Promise<MlpipeError> {
  const error = await attempt.catch((thrown: unknown) => thrown)
  if (error instanceof MlpipeError) return error
  throw new Error(`expected a refusal, got ${String(error)}`)
}

const changing = /^(Create|Update|Add|Delete|Put)|^PUT /
const isNote = (call: string) =>
  /^PUT \/mlpipe-prod\/churn\/origins\/[0-9a-f]{64}\/\d{8}T[\d.]+Z-[0-9a-f]{8}\.json$/.test(call)
/** Without the note of what was deployed, which has its own tests below. */
const changesIn = ({calls}: Account) => calls.filter((call) => changing.test(call) && !isNote(call))

async function stored({local}: Account) {
  const found = await local.sageMaker.send(new DescribePipelineCommand({PipelineName: 'churn'}))
  const {Tags = []} = await local.sageMaker.send(new ListTagsCommand({ResourceArn: found.PipelineArn}))
  return {...found, tags: Object.fromEntries(Tags.map(({Key, Value}) => [Key, Value]))}
}

describe('create, then nothing, then update', () => {
  it('puts what the pipeline needs first, and a deploy without changes changes nothing', async () => {
    const account = awsAccount(files)
    expect(await deployTo(account)).toMatchObject({outcome: 'created', groupsCreated: ['churn']})
    const changes = changesIn(account)
    const puts = changes.filter((call) => call.startsWith('PUT'))
    expect(puts).toHaveLength(5)
    expect(changes.slice(0, 5)).toEqual(puts)
    expect(puts.at(-1)).toMatch(/c\.csv$/)
    expect(changes.slice(5)).toEqual(['CreateModelPackageGroup', 'CreatePipeline'])
    expect(account.calls.indexOf('DescribePipeline')).toBe(0)
    expect(account.calls.filter((call) => call.startsWith('HeadBucket'))).toHaveLength(1)

    account.calls = []
    expect(await deployTo(account, {yes: false})).toMatchObject({outcome: 'unchanged', changes: []})
    expect(changesIn(account)).toEqual([])
    expect(account.calls).not.toContain('HeadBucket mlpipe-prod')
    expect(account.questions).toEqual([])

    account.calls = []
    writeFiles(account.directory, {'mlpipe.yaml': spec(4)})
    const updated = await deployTo(account)
    expect(updated).toMatchObject({outcome: 'updated', versionId: 2})
    expect(updated.changes).toMatchObject([
      {kind: 'changed', subject: {kind: 'step', name: 'train'}, before: '3', after: '4', line: 15},
    ])
    expect(changesIn(account)).toEqual(['UpdatePipeline', 'AddTags'])
  })

  it('only tags are changed by AddTags alone', async () => {
    const account = awsAccount(files)
    await deployTo(account)
    account.calls = []
    writeFiles(account.directory, {'mlpipe.yaml': spec().replace('vision', 'speech')})
    expect(await deployTo(account)).toMatchObject({outcome: 'updated', changes: [{path: 'Tags.team'}]})
    expect(changesIn(account)).toEqual(['AddTags'])
  })

  it('tells in tags what was deployed from what', async () => {
    const account = awsAccount(files)
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', account.directory, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        encoding: 'utf8',
      }).trim()
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'first')
    await deployTo(account)
    const first = (await stored(account)).tags
    const text = readFileSync(join(account.directory, 'mlpipe.yaml'), 'utf8')
    expect(first).toEqual({
      team: 'vision',
      'mlpipe:version': '1.2.3',
      'mlpipe:spec-sha256': createHash('sha256').update(text).digest('hex'),
      'mlpipe:git-commit': git('rev-parse', 'HEAD'),
      'mlpipe:git-dirty': 'false',
    })

    account.calls = []
    git('commit', '-qm', 'second', '--allow-empty')
    writeFiles(account.directory, {'mlpipe.yaml': `# a remark\n${spec()}`})
    expect(await deployTo(account)).toMatchObject({outcome: 'unchanged'})
    expect(changesIn(account)).toEqual([])

    writeFiles(account.directory, {'mlpipe.yaml': spec(5)})
    await deployTo(account)
    expect((await stored(account)).tags).toMatchObject({
      'mlpipe:git-commit': git('rev-parse', 'HEAD'),
      'mlpipe:git-dirty': 'true',
    })
  })

  it('keeps a note of what it was made from, before anything can run, in one put', async () => {
    const account = awsAccount(files)
    await deployTo(account)
    expect(account.calls.filter(isNote)).toHaveLength(1)
    expect(account.calls.findIndex(isNote)).toBeLessThan(account.calls.indexOf('CreatePipeline'))

    account.calls = []
    await deployTo(account)
    await deployTo(account, {dryRun: true})
    expect(account.calls.filter(isNote)).toEqual([])

    writeFiles(account.directory, {'mlpipe.yaml': `# a remark\n${spec()}`})
    await deployTo(account, {dryRun: true})
    expect(account.calls.filter(isNote)).toEqual([])
    expect(await deployTo(account)).toMatchObject({outcome: 'unchanged'})
    expect(account.calls.filter(isNote)).toHaveLength(1)
  })

  it('deploys all the same where the note is refused, and says so', async () => {
    const account = awsAccount(files)
    account.answer = (call) => (isNote(call) ? {statusCode: 403, headers: {}} : undefined)
    expect(await deployTo(account)).toMatchObject({outcome: 'created'})
    const warnings = account.events.filter(({kind}) => kind === 'warning')
    expect(warnings).toMatchObject([{message: expect.stringMatching(/^lineage will not know the commit: /)}])
  })

  it('a definition of 100 KB or more goes through S3', async () => {
    const account = awsAccount({...files, 'mlpipe.yaml': longSpec(102_400)})
    await deployTo(account)
    const text = (await stored(account)).PipelineDefinition ?? ''
    expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(102_400)
    const hash = createHash('sha256').update(text).digest('hex')
    expect(account.calls).toContain(`PUT /mlpipe-prod/churn/definitions/${hash}.json`)

    const short = awsAccount({...files, 'mlpipe.yaml': longSpec(90_000)})
    await deployTo(short)
    expect(short.calls.filter((call) => call.startsWith('PUT') && !isNote(call))).toEqual([])
  })
})

function longSpec(length: number): string {
  const steps = Array.from(
    {length: 100},
    (_, index) => `  s${index}: {type: fail, message: "${'x'.repeat(length / 100)}"}\n`,
  )
  return `name: churn\nsteps:\n${steps.join('')}${prodTarget}`
}

describe('what is asked', () => {
  it('shows the changes and asks; no means that nothing is changed', async () => {
    const account = awsAccount(files)
    account.reply = false
    expect(await deployTo(account, {yes: false})).toMatchObject({outcome: 'kept', groupsCreated: []})
    expect(account.questions).toEqual([
      {question: 'deploy churn to prod (AWS us-east-1)?', yesCommand: 'mlpipe deploy -t prod --yes'},
    ])
    expect(account.events).toContainEqual({kind: 'proposal', proposal: expect.objectContaining({would: 'create'})})
    expect(changesIn(account)).toEqual([])
  })

  it('a dry run shows the same, asks nothing and changes nothing', async () => {
    const account = awsAccount(files)
    expect(await deployTo(account, {yes: false, dryRun: true})).toMatchObject({outcome: 'dry-run', would: 'create'})
    expect(account.questions).toEqual([])
    expect(changesIn(account)).toEqual([])
  })

  it("somebody else's pipeline is asked for also with --yes, and taken over with --adopt", async () => {
    const account = awsAccount(files)
    const theirs = {PipelineName: 'churn', RoleArn: 'arn:aws:iam::000000000000:role/theirs'}
    const definition = JSON.stringify({
      Version: '2020-12-01',
      Metadata: {},
      Parameters: [],
      Steps: [{Name: 'stop', Type: 'Fail', Arguments: {ErrorMessage: 'x'}}],
    })
    await account.local.sageMaker.send(new CreatePipelineCommand({...theirs, PipelineDefinition: definition}))

    account.reply = false
    expect(await deployTo(account)).toMatchObject({outcome: 'kept', isForeign: true})
    expect(account.questions).toEqual([
      {
        question:
          'pipeline "churn" on target "prod" was not made by mlpipe (it has no tag mlpipe:version); overwrite it?',
        yesCommand: 'mlpipe deploy -t prod --yes --adopt',
      },
    ])
    expect(changesIn(account)).toEqual([])

    expect(await deployTo(account, {adopt: true})).toMatchObject({outcome: 'updated', isForeign: true})
    expect(account.questions).toHaveLength(1)
    expect((await stored(account)).tags['mlpipe:version']).toBe('1.2.3')
  })
})

describe('what is refused', () => {
  it('a bucket that is not there, with the command that makes it', async () => {
    const account = awsAccount(files)
    account.buckets = {}
    const error = await refused(deployTo(account))
    expect(error).toMatchObject({code: 'no-such-bucket', nextSteps: ['aws s3 mb s3://mlpipe-prod --region us-east-1']})
    expect(changesIn(account)).toEqual([])
  })

  it('a bucket of another region, naming both', async () => {
    const account = awsAccount(files)
    account.buckets = {'mlpipe-prod': {region: 'eu-west-1'}}
    // A bucket elsewhere answers HeadObject with 301 and no body.
    account.answer = (call) => (call.startsWith('HEAD') ? {statusCode: 301, headers: {}} : undefined)
    const error = await refused(deployTo(account))
    expect(error.code).toBe('bucket-elsewhere')
    expect(error.message).toMatch(/"mlpipe-prod" is in eu-west-1, and target "prod" in us-east-1/)
    expect(changesIn(account)).toEqual([])
  })

  it('a deploy that breaks off says what was done, and goes on from there', async () => {
    const account = awsAccount(files)
    account.answer = (call) => (call.endsWith('b.csv') && call.startsWith('PUT') ? failure : undefined)
    const first = await refused(deployTo(account))
    expect(first.message).toMatch(/^the deploy is not done \(\d of 5 files uploaded, the pipeline is as it was\): /)
    expect(first.nextSteps).toContain('mlpipe deploy -t prod  (goes on from there)')
    expect(account.calls).not.toContain('CreatePipeline')
    const arrived = changesIn(account).filter((call) => call.startsWith('PUT') && !call.endsWith('b.csv'))

    account.answer = (call) => (call === 'CreatePipeline' ? refusal('ThrottlingException', 'Rate exceeded') : undefined)
    account.calls = []
    const second = await refused(deployTo(account))
    expect(second.message).toMatch(/group churn is created, the pipeline is as it was\): /)
    expect(second).toMatchObject({code: 'throttled', awsError: 'ThrottlingException'})
    expect(changesIn(account).filter((call) => arrived.includes(call))).toEqual([])

    account.answer = () => undefined
    account.calls = []
    expect(await deployTo(account)).toMatchObject({outcome: 'created'})
    expect(changesIn(account)).toEqual(['CreatePipeline'])
  })

  it.each([
    ['a step', "Unable to parse pipeline definition. Model Validation failed for step 'train'", 12],
    [
      'a value',
      "Model Validation failed: Value 'prepare.py' for 'Mode' failed to satisfy enum value set: [Pipe]",
      undefined,
    ],
    ['a member of a step', "step 'train': Arguments.HyperParameters.epochs is wrong", 16],
    ['a value that one step has', "Value 'ml.m5.xlarge' for 'InstanceType' failed to satisfy enum value set", 15],
  ])('what the service refuses is told with its line: %s', async (_what, message, line) => {
    const text = spec().replace('entry: train.py}', 'entry: train.py}\n    instance: ml.m5.xlarge')
    const account = awsAccount({...files, 'mlpipe.yaml': text})
    account.answer = (call) => (call === 'CreatePipeline' ? refusal('ValidationException', message) : undefined)
    const error = await refused(deployTo(account))
    expect(error).toMatchObject({code: 'refused', awsError: 'ValidationException'})
    const found = /mlpipe\.yaml:(\d+)/.exec(error.message)?.[1]
    expect(found).toBe(line === undefined ? undefined : String(line))
  })

  it('credentials of another account', async () => {
    const account = awsAccount({...files, 'mlpipe.yaml': `${spec()}    account: "111122223333"\n`})
    const error = await refused(deployTo(account))
    expect(error.code).toBe('wrong-account')
    expect(account.calls).toEqual([])
  })
})

const failure = {statusCode: 503, headers: {}}
