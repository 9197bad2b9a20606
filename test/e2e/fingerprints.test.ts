// Data in S3 that counts by its content: what reruns when an object changes, and what is said about it. With the built program,
// and the objects put by an S3 client as anybody would.

import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {DeleteObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import type {DiffResult} from '../../src/actions/forecast/forecast.ts'
import {localCloud, run as runBesides} from '../engine/support/local-cloud.ts'
import {tempDir} from '../support/temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

const spec = `
name: lake
parameters: {raw: s3://lake/raw/}
defaults: {image: "sklearn:1.2-1", cache: 30d}
steps:
  count:
    type: processing
    code: count.py
    inputs:
      raw: {from: "\${parameters.raw}", fingerprint: true}
    outputs: [out]
  show: {type: processing, code: show.py, inputs: {in: "\${steps.count.outputs.out}"}}
  apart: {type: processing, code: apart.py}
`

const count = `import os
names = sorted(os.listdir("/opt/ml/processing/input/raw"))
open("/opt/ml/processing/output/out/names", "w").write(" ".join(names))
`

type RunDocument = {
  readonly steps: readonly {readonly name: string; readonly state: string}[]
  readonly error?: {readonly code: string; readonly message: string; readonly nextSteps: readonly string[]}
}

async function makeLake() {
  const cwd = tempDir({'mlpipe.yaml': spec, 'count.py': count, 'show.py': 'print("shown")\n', 'apart.py': 'pass\n'})
  const mlpipe = (...args: string[]) => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {cwd, encoding: 'utf8'})
    return {exit: status, stdout, stderr}
  }
  const run = (...args: string[]) => {
    const {exit, stdout} = mlpipe('run', '--json', ...args)
    return {exit, document: JSON.parse(stdout) as RunDocument}
  }
  const states = (...args: string[]) =>
    run(...args)
      .document.steps.map(({name, state}) => `${name}=${state}`)
      .join(' ')
  const diff = (...args: string[]) => JSON.parse(mlpipe('diff', '--json', ...args).stdout) as DiffResult
  expect(mlpipe('deploy').exit).toBe(0)
  const cloud = localCloud({stateDirectory: join(cwd, '.mlpipe')})
  const put = (Key: string, Body: string) =>
    cloud.s3.send(new PutObjectCommand({Bucket: 'lake', Key, Body: Buffer.from(Body)}))
  const remove = (Key: string) => cloud.s3.send(new DeleteObjectCommand({Bucket: 'lake', Key}))
  return {cwd, mlpipe, run, states, diff, put, remove, cloud}
}

const allRan = 'count=succeeded show=succeeded apart=succeeded'
const allCached = 'count=cached show=cached apart=cached'
const dataReran = 'count=succeeded show=succeeded apart=cached'

it('a changed object reruns the steps that read it, and diff says so before', async () => {
  const {cwd, mlpipe, states, diff, put, remove} = await makeLake()
  await put('raw/a.csv', '1')
  await put('raw/b.csv', '2')
  expect(states()).toBe(allRan)
  expect(states()).toBe(allCached)

  // Put again with the same content: newer, and yet the same.
  await put('raw/a.csv', '1')
  expect(diff().run).toMatchObject({
    counts: {hit: 3},
    data: [{step: 'count', input: 'raw', uri: 's3://lake/raw/', objects: 2, added: 0, changed: 0, removed: 0}],
  })
  expect(mlpipe('diff').stdout).toMatch(/data in s3:\/\/lake\/raw\/: the same 2 objects as in the last run/)
  expect(states()).toBe(allCached)

  await put('raw/a.csv', '3')
  await put('raw/c.csv', '4')
  await put('raw/d.csv', '5')
  await remove('raw/b.csv')
  const {data = [], causes, counts} = diff().run
  expect(data).toMatchObject([{objects: 3, added: 2, changed: 1, removed: 1}])
  expect(data[0]?.after).not.toBe(data[0]?.before)
  expect(causes).toEqual([{cause: 'data in s3://lake/raw/ changed', steps: ['count', 'show']}])
  expect(counts).toMatchObject({hit: 1, rerun: 2})
  for (const flags of [[], ['--markdown']]) {
    const {stdout} = mlpipe('diff', ...flags)
    expect(stdout).toContain('2 objects added, 1 changed, 1 removed since the last run')
    expect(stdout).toMatch(/changed: count, show rerun/)
    expect(stdout).not.toMatch(/with fingerprint-/)
  }
  expect(mlpipe('why', 'count').stdout).toContain('MLPIPE_FINGERPRINT_RAW')
  expect(states()).toBe(dataReran)
  expect(states()).toBe(allCached)

  // The listings of the two states of the data, kept by the runs; a diff keeps none.
  await put('raw/e.csv', '6')
  diff()
  expect(readdirSync(join(cwd, '.mlpipe/s3/mlpipe-local/lake/fingerprints'))).toHaveLength(2)
})

it('an S3 URI that a run is given is looked at, and data that is not there starts nothing', async () => {
  const {mlpipe, run, states, put} = await makeLake()
  expect(run()).toMatchObject({exit: 69, document: {error: {code: 'no-such-bucket'}}})
  await put('other/a.csv', '1')
  // What a console makes of an empty folder.
  await put('raw/', '')
  const {exit, document} = run()
  expect(exit).toBe(65)
  expect(document.error).toMatchObject({
    code: 'data-missing',
    message: 'there are no objects under s3://lake/raw/, the data of input "raw" of step "count"',
    nextSteps: ['--param raw=… says where it lies'],
  })
  expect(run('--param', 'raw=data/raw.csv')).toMatchObject({exit: 64, document: {error: {code: 'bad-s3-uri'}}})
  expect(mlpipe('executions', 'list', '--json').stdout).toMatch(/"executions": \[\]/)

  expect(states('--only', 'apart')).toBe('count=not-run show=not-run apart=succeeded')
  expect(states('--param', 'raw=s3://lake/other/')).toBe('count=succeeded show=succeeded apart=cached')
  await put('other/a.csv', '2')
  expect(states('--param', 'raw=s3://lake/other/')).toBe(dataReran)
})

it('a fingerprint of the user’s own goes over what is there', async () => {
  const {states, diff, put} = await makeLake()
  await put('raw/a.csv', '1')
  expect(states('--param', 'fingerprint-count-raw=first')).toBe(allRan)
  await put('raw/a.csv', '2')
  expect(states('--param', 'fingerprint-count-raw=first')).toBe(allCached)
  expect(diff('--param', 'fingerprint-count-raw=first').run).not.toHaveProperty('data')
  expect(diff().run.data).toMatchObject([{before: 'first', objects: 1}])
  expect(diff().run.data?.[0]).not.toHaveProperty('changed')
  expect(states()).toBe(dataReran)
})

it('a start that nobody looked before does not see that data changed', async () => {
  const {put, cloud, states, diff} = await makeLake()
  const cachedSteps = async () =>
    (await runBesides(cloud, 'lake')).steps.filter(({CacheHitResult}) => CacheHitResult).map(({StepName}) => StepName)
  await put('raw/a.csv', '1')
  expect(await cachedSteps()).toEqual([])
  await put('raw/a.csv', '2')
  expect((await cachedSteps()).sort()).toEqual(['apart', 'count', 'show'])
  expect(diff().run.causes).toEqual([
    {cause: 'data in s3://lake/raw/ is looked at for the first time', steps: ['count', 'show']},
  ])
  expect(states()).toBe(dataReran)
})
