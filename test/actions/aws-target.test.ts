// What looks at a pipeline works on an AWS target as on local.

import {expect, it} from 'vitest'
import {compile} from '../../src/actions/compile.ts'
import {deploy} from '../../src/actions/deploy/deploy.ts'
import {diff} from '../../src/actions/diff.ts'
import {importPipeline} from '../../src/actions/import.ts'
import {why} from '../../src/actions/why.ts'
import {awsAccount, prodTarget} from '../support/aws-account.ts'

const spec = `\
name: churn
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large, cache: 30d}
steps:
  prepare: {type: processing, code: prepare.py, outputs: [out]}
${prodTarget}`

it('compile, diff, why and import', async () => {
  const {world, calls} = awsAccount({'mlpipe.yaml': spec, 'prepare.py': ''})
  const target = 'prod'
  const {definition} = await compile({target}, world)
  expect(definition).toContain('683313688378.dkr.ecr.us-east-1.amazonaws.com')
  expect(calls).toEqual([])

  await deploy({target, dryRun: false, yes: true, adopt: false, version: '1'}, world)
  const compared = await diff({target, parameters: [], version: '1'}, world)
  expect(compared).toMatchObject({target, deploy: {outcome: 'none'}, run: {counts: {rerun: 1}}})
  expect(await why({target, step: 'prepare', parameters: []}, world)).toMatchObject({target, step: {name: 'prepare'}})
  const imported = await importPipeline({source: 'churn', target, force: false, check: true}, world)
  expect(imported).toMatchObject({outcome: 'imported', check: {isSame: true}})
})
