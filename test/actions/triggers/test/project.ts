// A spec with a trigger of every kind, and a world with a fixed clock to test them in.
import {join} from 'node:path'
import type {World} from '../../../../src/actions/world.ts'
import {fakeState, fakeWorld} from '../../../support/fake-cloud.ts'
import {tempDir} from '../../../support/temp-dir.ts'

export const spec = `\
name: churn
parameters:
  rawKey: in/first.csv
  epochs: 5
  mode: {type: String, enum: [auto, manual], default: auto}
steps:
  prepare:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: job.py
    env: {KEY: "\${parameters.rawKey}"}
    outputs: [train]
    cache: 10d
  train:
    type: training
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: job.py
    hyperparameters: {epochs: "\${parameters.epochs}"}
    inputs: {train: "\${steps.prepare.outputs.train}"}
    cache: 10d
  clean:
    type: processing
    image: sklearn:1.2-1
    instance: ml.m5.large
    code: job.py
`

export const triggers = `\
triggers:
  nightly:
    schedule: cron(0 3 * * ? *)
    timezone: Europe/Berlin
  new-data:
    s3: s3://lake/in/
    suffix: .csv
    parameters: {rawKey: $.detail.object.key, mode: auto}
  sized:
    s3: s3://lake/in/
    parameters: {epochs: $.detail.object.size, mode: $.detail.reason}
  approved:
    model: churn
    enabled: false
  upstream:
    pipeline: features
  drifted:
    drift: daily
    by: violation
  custom:
    event: {source: [my.app], detail: {n: [{numeric: [">", 1]}]}}
`

export type TestWorld = World & {readonly path: (name: string) => string}

/** `files` lie beside the spec. */
export function projectWorld(files: Readonly<Record<string, string>> = {}, triggerText = triggers): TestWorld {
  const directory = tempDir({'mlpipe.yaml': `${spec}${triggerText}`, 'job.py': 'print(1)\n', ...files})
  const world = fakeWorld(fakeState({nowMs: Date.UTC(2026, 10, 27, 12)}))
  return {
    ...world,
    cwd: directory,
    zone: 'America/New_York',
    newToken: () => '17793124-05d4-b198-2fde-7ededc63b103',
    path: (name) => join(directory, name),
  }
}

type EventChanges = {
  readonly id?: string
  readonly time?: string
  readonly reason?: string
  readonly sequencer?: string
}

export function objectEvent(key: string, {id = 'e-1', time, reason, sequencer}: EventChanges = {}) {
  return {
    version: '0',
    id,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '111122223333',
    time: time ?? '2026-11-01T00:00:00Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::lake'],
    detail: {
      version: '0',
      bucket: {name: 'lake'},
      object: {key, size: 5, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: sequencer ?? '617f08299329d189'},
      reason: reason ?? 'PutObject',
    },
  }
}
