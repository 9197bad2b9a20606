// OpenLineage events against the published schema (OpenLineage 2-0-2, RunEvent, and the facets at the versions that the events name),
// written out here by hand: what is required, and of which form.

import {Ajv} from 'ajv'
import {describe, expect, it} from 'vitest'
import {openLineageEvents, openLineageText, runId} from '../../src/lineage/openlineage.ts'
import type {Provenance} from '../../src/lineage/provenance.ts'
import {stepRun} from '../support/step-run.ts'

const uuid = {type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'}
const uri = {type: 'string', pattern: '^[a-z][a-z0-9+.-]*:[^\\s]+$'}
const time = {type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$'}

const facet = (schema: string, properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties: {...properties, _producer: uri, _schemaURL: {type: 'string', const: schema}},
  required: [...required, '_producer', '_schemaURL'],
})
const anyFacet = {type: 'object', properties: {_producer: uri, _schemaURL: uri}, required: ['_producer', '_schemaURL']}
/** Facets that the specification does not name carry the prefix of who made them. */
const facets = (known: object) => ({
  type: 'object',
  properties: known,
  patternProperties: {'^mlpipe_': anyFacet},
  additionalProperties: false,
})
const job = {
  type: 'object',
  properties: {namespace: {type: 'string', minLength: 1}, name: {type: 'string', minLength: 1}},
  required: ['namespace', 'name'],
}
const at = (path: string, name: string) => `https://openlineage.io/spec/facets/${path}/${name}.json#/$defs/${name}`

const parameter = {
  type: 'object',
  properties: {key: {type: 'string'}, name: {type: 'string'}, description: {type: 'string'}, value: {}},
  required: ['key'],
  additionalProperties: false,
}
const runFacets = facets({
  parent: facet(
    at('1-0-1', 'ParentRunFacet'),
    {run: {type: 'object', properties: {runId: uuid}, required: ['runId']}, job},
    ['run', 'job'],
  ),
  nominalTime: facet(at('1-0-1', 'NominalTimeRunFacet'), {nominalStartTime: time, nominalEndTime: time}, [
    'nominalStartTime',
  ]),
  jobRunParameters: facet(at('1-0-0', 'JobRunParametersFacet'), {parameters: {type: 'array', items: parameter}}),
})
const jobFacets = facets({
  jobType: facet(
    at('2-0-3', 'JobTypeJobFacet'),
    {
      processingType: {enum: ['BATCH', 'STREAMING', 'SERVICE']},
      integration: {type: 'string'},
      jobType: {type: 'string'},
    },
    ['processingType', 'integration'],
  ),
})
const dataset = {
  type: 'object',
  properties: {
    namespace: {type: 'string', minLength: 1},
    name: {type: 'string', minLength: 1},
    facets: facets({
      version: facet(at('1-0-0', 'DatasetVersionDatasetFacet'), {datasetVersion: {type: 'string'}}, ['datasetVersion']),
      dataSource: facet(at('1-0-1', 'DatasourceDatasetFacet'), {name: {type: 'string'}, uri}),
    }),
  },
  required: ['namespace', 'name'],
  additionalProperties: false,
}
const runEvent = {
  type: 'object',
  properties: {
    eventType: {enum: ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']},
    eventTime: time,
    run: {
      type: 'object',
      properties: {runId: uuid, facets: runFacets},
      required: ['runId'],
      additionalProperties: false,
    },
    job: {...job, properties: {...job.properties, facets: jobFacets}, additionalProperties: false},
    inputs: {type: 'array', items: dataset},
    outputs: {type: 'array', items: dataset},
    producer: uri,
    schemaURL: {const: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'},
  },
  required: ['eventTime', 'producer', 'schemaURL', 'run', 'job'],
  additionalProperties: false,
}
const isRunEvent = new Ajv({allErrors: true, strict: false}).compile(runEvent)

const execution = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/abcdefghijkl'
const packageArn = 'arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/1'
const jobAlone = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/by-hand'
const bare = stepRun({executionArn: execution, step: 'prepare', type: 'Processing'})
const hash = 'a'.repeat(64)

/** Code that went up in an archive, named by the list of its files. */
const archive = (file: string, fileSha256?: string) => ({
  name: 'code',
  uri: `s3://b/churn/code/${hash}/sourcedir.tar.gz`,
  content: {kind: 'content-hash' as const, value: hash},
  file,
  ...(fileSha256 === undefined ? {} : {fileSha256}),
})

const provenance: Provenance = {
  executions: [
    {
      arn: execution,
      pipeline: 'churn',
      status: 'Failed',
      startedAtMs: 0,
      parameters: [],
      origin: {gitCommit: 'c0ffee', gitDirty: true},
    },
  ],
  steps: [
    {
      ...bare,
      startedAtMs: 1000,
      endedAtMs: 2000,
      inputs: [{name: 'raw', uri: 's3://b/my data/x.csv', content: {kind: 'fingerprint', value: 'f1'}}],
      code: [
        {
          name: 'code',
          uri: `s3://b/churn/code/${hash}/p.py`,
          content: {kind: 'content-hash', value: hash},
          file: 'p.py',
        },
      ],
      outputs: [{name: 'out', uri: 's3://b/churn/x/prepare/out/'}],
      parameters: [{name: 'epochs', value: '3'}],
    },
    {...bare, step: 'train', type: 'Training', status: 'Failed', startedAtMs: 3000, endedAtMs: 4000},
    {...bare, step: 'late', status: 'Executing', startedAtMs: 3000},
    {...bare, step: 'register', type: 'RegisterModel', jobArn: packageArn, startedAtMs: 5000, endedAtMs: 5000},
    {
      ...bare,
      step: 'gate',
      type: 'Condition',
      startedAtMs: 4500,
      inputs: [
        {name: 'a', uri: 's3://b/churn/x/prepare/out/a.json', madeBy: {executionArn: execution, step: 'prepare'}},
        {name: 'b', uri: 's3://b/churn/x/prepare/out/b.json', madeBy: {executionArn: execution, step: 'prepare'}},
      ],
    },
    {...bare, step: 'scripted', startedAtMs: 1000, code: [archive('one.py', 'f'.repeat(64)), archive('src')]},
    // Of an execution that is gone, with its job: of it no time is known.
    {...bare, step: 'lost', executionArn: `${execution}2`},
    {...bare, step: 'by-hand', executionArn: jobAlone, startedAtMs: 500, endedAtMs: 600},
  ],
  models: [{arn: packageArn, model: 'churn/1', approval: 'Approved', createdAtMs: 5000, metrics: [], endpoints: []}],
  gaps: [],
}

type Event = {
  readonly eventType: string
  readonly eventTime: string
  readonly run: {readonly runId: string; readonly facets: {readonly parent?: {readonly run: {readonly runId: string}}}}
  readonly job: {readonly name: string; readonly facets: {readonly mlpipe_code: {readonly files: readonly object[]}}}
  readonly inputs: readonly {readonly namespace: string; readonly name: string; readonly facets: object}[]
  readonly outputs: readonly {readonly name: string}[]
}
const events = openLineageEvents(provenance, '1.2.3') as Event[]
const of = (step: string) => events.filter(({job: {name}}) => name.endsWith(step))

describe('OpenLineage', () => {
  it('takes every event', () => {
    const wrong = events.filter((event) => !isRunEvent(event)).map((event) => [event, isRunEvent.errors])
    expect(wrong).toEqual([])
  })

  it('gets a start, and the end that the run came to', () => {
    const kinds = (step: string) => of(step).map(({eventType, eventTime}) => `${eventType} ${Date.parse(eventTime)}`)
    expect(kinds('prepare')).toEqual(['START 1000', 'COMPLETE 2000'])
    expect(kinds('train')).toEqual(['START 3000', 'FAIL 4000'])
    expect(kinds('late')).toEqual(['START 3000'])
    expect(kinds('lost')).toEqual([])
  })

  it('knows S3 by bucket and key, and what was in it then', () => {
    const [, end] = of('prepare')
    expect(end?.inputs).toMatchObject([
      {namespace: 's3://b', name: 'my data/x.csv', facets: {version: {datasetVersion: 'fingerprint:f1'}}},
      {namespace: 's3://b', name: `churn/code/${hash}/p.py`, facets: {version: {datasetVersion: `sha256:${hash}`}}},
    ])
    expect(end?.outputs).toMatchObject([{namespace: 's3://b', name: 'churn/x/prepare/out'}])
    expect(of('register')[1]?.outputs).toMatchObject([
      {namespace: 'sagemaker://111122223333/us-east-1', name: 'model-package/churn/1'},
    ])
  })

  it('joins what took a file of a dataset with what made the dataset, and says which file it was', () => {
    const [made] = of('prepare')[1]?.outputs ?? []
    expect(of('gate')[1]?.inputs).toMatchObject([
      {name: made?.name, facets: {dataSource: {uri: 's3://b/churn/x/prepare/out/a.json'}}},
    ])
  })

  it('has the hash of the file itself, and of an archive of many that of their list', () => {
    const files = (step: string) => of(step)[0]?.job.facets.mlpipe_code.files
    expect(files('prepare')).toMatchObject([{file: 'p.py', sha256: hash}])
    expect(files('scripted')).toEqual([
      {uri: archive('').uri, file: 'one.py', sha256: 'f'.repeat(64)},
      {uri: archive('').uri, file: 'src', listSha256: hash},
    ])
  })

  it('is told the same run by the same id, in every document, under the execution that ran it', () => {
    const [start, end] = of('prepare')
    expect(end?.run.runId).toBe(start?.run.runId)
    expect(openLineageEvents(provenance, '9.9.9')[0]).toMatchObject({run: {runId: start?.run.runId}})
    const parents = new Set(events.flatMap(({run}) => run.facets.parent?.run.runId ?? []))
    expect([...parents]).toEqual([runId(execution)])
    expect(of('by-hand')[0]?.run.facets).not.toHaveProperty('parent')
  })

  it('has ids of version 5, as RFC 9562 makes them of a URL', () => {
    // RFC 9562, appendix A.4, has the one of a DNS name; of the URL https://www.example.com/ Python's uuid.uuid5(NAMESPACE_URL) gives:
    expect(runId('https://www.example.com/')).toBe('3d3ed9d2-aa3d-5fa6-90e8-ed662e90f559')
  })

  it('is written one event a line', () => {
    const lines = openLineageText(provenance, '1.2.3').split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events)
  })
})
