// A rehearsal by the embedded engine stands for a later run only if that would be a rehearsal too; the forecast knows it.

import {expect, it, onTestFinished} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import {openEngine} from '../../src/engine/engine.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {historyFiles} from '../../src/project/history-files.ts'
import {cached, shell} from '../engine/support/definitions.ts'
import {pipelineWithHints} from '../engine/support/job-definitions.ts'
import {tempDir} from '../support/temp-dir.ts'
import {predict} from './simulated-target.ts'

it.each([
  ['a rehearsal after a rehearsal', {runner: 'simulate'}, 'hit', true],
  ['a rehearsal told to bring about other values', {runner: 'simulate', metrics: {accuracy: 0.5}}, 'rerun', false],
  ['a run after a rehearsal', {}, 'rerun', false],
])('%s', async (_name, hints, verdict, isReused) => {
  const engine = openEngine({stateDirectory: tempDir(), now: Date.now, env: {PATH: process.env.PATH}})
  onTestFinished(() => engine.close())
  const cloud = await connectCloud({region: engine.region, requestHandler: requestHandler(engine)})
  const definition = (hint: object) =>
    JSON.stringify(pipelineWithHints([shell('a', 'true', {envelope: cached})], {a: {...hint}}))
  const upload = {name: 'Simulated', roleArn: 'arn:aws:iam::000000000000:role/mlpipe-local'}
  const run = async () => {
    const {arn} = await cloud.executions.start({pipelineName: 'Simulated', parameters: [], token: crypto.randomUUID()})
    await engine.idle()
    return (await cloud.executions.steps(arn))[0]
  }
  await cloud.pipelines.create({...upload, definition: definition({runner: 'simulate'})}, [])
  expect((await run())?.simulated).toContain('local: {runner: simulate}')

  await cloud.pipelines.update({...upload, definition: definition(hints)})
  const prediction = await predict(cloud, {}, Date.now(), historyFiles(tempDir(), 'local'))
  expect(prediction.steps[0]?.verdict).toMatchObject(
    verdict === 'hit' ? {kind: 'hit'} : {kind: 'rerun', reasons: [{code: 'only-simulated'}]},
  )
  expect((await run())?.cachedFrom !== undefined).toBe(isReused)
})
