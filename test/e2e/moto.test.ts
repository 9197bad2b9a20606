// A service that nobody of mlpipe wrote: the commands against moto's server. It ends executions at once and knows nothing of
// their steps, so what is shown is that deploying, starting and deleting come through.
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {hasMoto, type MotoServer, motoAccount, startMoto} from '../support/moto-server.ts'
import {runProgram} from '../support/run-program.ts'
import {tempDir} from '../support/temp-dir.ts'

const spec = `
name: churn
parameters: {word: plain}
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  make: {type: processing, code: make.py, args: ["\${parameters.word}"], outputs: [out]}
  register: {type: register, group: churn, model: s3://mlpipe-prod/model.tar.gz, image: "sklearn:1.2-1", contentTypes: [text/csv]}
targets:
  prod:
    region: us-east-1
    account: "${motoAccount}"
    role: arn:aws:iam::${motoAccount}:role/SageMakerRole
    bucket: mlpipe-prod
    default: true
`

const triggers = `
triggers:
  nightly: {schedule: cron(0 3 * * ? *), timezone: Europe/Berlin, parameters: {word: night}}
  new-data: {s3: s3://mlpipe-prod/incoming/, suffix: .csv, parameters: {word: $.detail.object.key}}
  after-approval: {model: churn}
`

type Document = Readonly<Record<string, unknown>>

describe.skipIf(!hasMoto())('against moto', () => {
  let moto: MotoServer
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto.stop())

  function project(text = spec) {
    const cwd = tempDir({'mlpipe.yaml': text, 'make.py': 'print("made")\n'})
    return async (...argv: string[]): Promise<{exit: number | null; document: Document; stderr: string}> => {
      const {exit, stdout, stderr} = await runProgram(cwd, [...argv, '--json'], moto.env)
      return {exit, document: JSON.parse(stdout) as Document, stderr}
    }
  }

  it('deploys, starts and deletes, and says the same when there is nothing to do', async () => {
    const mlpipe = project()
    const withoutBucket = await mlpipe('deploy', '--yes')
    expect(withoutBucket.document).toMatchObject({
      error: {message: expect.stringContaining('mlpipe-prod'), nextSteps: [expect.stringContaining('aws s3 mb')]},
    })
    await fetch(`${moto.url}/mlpipe-prod`, {method: 'PUT'})

    expect(await mlpipe('deploy', '--yes')).toMatchObject({exit: 0, document: {outcome: 'created'}})
    expect(await mlpipe('deploy', '--yes')).toMatchObject({exit: 0, document: {outcome: 'unchanged'}})
    const started = await mlpipe('run', '--no-wait', '--param', 'word=odd')
    expect(started).toMatchObject({exit: 0, document: {outcome: 'started', pipeline: 'churn'}})
    const listed = await mlpipe('executions', 'list')
    expect(listed.document).toMatchObject({executions: [{arn: started.document.arn}]})

    // moto answers ListPipelineExecutionSteps with a page.
    const shown = await mlpipe('executions', 'show')
    expect(shown.exit).toBe(69)
    expect(shown.document).toMatchObject({error: {who: 'service', message: expect.not.stringContaining('<')}})

    expect(await mlpipe('delete', '--yes')).toMatchObject({exit: 0, document: {outcome: 'deleted'}})
    expect(await mlpipe('delete', '--yes')).toMatchObject({exit: 0, document: {outcome: 'nothing-there'}})
  })

  it('makes triggers with their role, brings them in line, and takes all of it away', async () => {
    const mlpipe = project(`${spec}${triggers}`)
    await fetch(`${moto.url}/mlpipe-prod`, {method: 'PUT'})
    expect(await mlpipe('deploy', '--yes')).toMatchObject({exit: 0, document: {triggers: {differences: [{}, {}, {}]}}})
    expect(await mlpipe('trigger', 'create', '--yes')).toMatchObject({
      exit: 0,
      document: {outcome: 'created', role: {action: 'create'}, buckets: ['mlpipe-prod']},
    })
    // moto keeps that a bucket sends its events, and does not tell it.
    for (const name of ['nightly', 'after-approval']) {
      expect(await mlpipe('trigger', 'create', name)).toMatchObject({exit: 0, document: {outcome: 'unchanged'}})
    }
    expect(await mlpipe('deploy')).toMatchObject({exit: 0, document: {triggers: {differences: []}}})
    expect(await mlpipe('trigger', 'disable', 'nightly')).toMatchObject({exit: 0, document: {outcome: 'disabled'}})
    expect(await mlpipe('deploy', '--triggers', '--yes')).toMatchObject({
      exit: 0,
      document: {triggers: {differences: [{name: 'nightly', changes: [{field: 'enabled'}]}]}},
    })
    expect(await mlpipe('trigger', 'list')).toMatchObject({
      exit: 0,
      document: {triggers: expect.arrayContaining([expect.objectContaining({name: 'new-data'})])},
    })
    expect(await mlpipe('trigger', 'delete', '--all', '--yes')).toMatchObject({
      exit: 0,
      document: {outcome: 'deleted', role: 'churn-trigger', group: 'churn', leaves: []},
    })
    expect(await mlpipe('trigger', 'delete', '--all')).toMatchObject({exit: 0, document: {outcome: 'nothing-there'}})
    expect(await mlpipe('delete', '--yes')).toMatchObject({exit: 0, document: {outcome: 'deleted'}})
  })
})
