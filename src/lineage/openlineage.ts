// A lineage as OpenLineage events, one JSON object a line, as its file transport writes them. Every step run is a run of its own, whose
// parent is the execution. Source: OpenLineage 2-0-2, RunEvent, and the facets parent, nominalTime, jobRunParameters,
// jobType, version and dataSource; "Naming", S3: `s3://<bucket>` and the key.

import {createHash} from 'node:crypto'
import {parseS3Uri} from '../text/s3-uri.ts'
import {liesAt} from './content.ts'
import type {ExecutionFacts, ModelFacts, Provenance, StepKey, StepRun, Taken} from './provenance.ts'

type Facets = Readonly<Record<string, object>>
type Dataset = {readonly namespace: string; readonly name: string; readonly facets: Facets}

const spec = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'
const facetsAt = 'https://openlineage.io/spec/facets'

export function openLineageText(provenance: Provenance, version: string): string {
  return openLineageEvents(provenance, version)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('')
}

export function openLineageEvents({steps, executions, models}: Provenance, version: string): object[] {
  const producer = `https://www.npmjs.com/package/mlpipe/v/${version}`
  const facts = new Map(executions.map((execution) => [execution.arn, execution]))
  const placeOf = madePlaces(steps)
  return steps.flatMap((step) => {
    const execution = facts.get(step.executionArn)
    const model = models.find(({arn}) => arn === step.jobArn)
    const write = (schema: string, facet: object) => ({_producer: producer, _schemaURL: schema, ...facet})
    const event = (eventType: string, atMs: number, isEnd: boolean) => ({
      eventType,
      eventTime: new Date(atMs).toISOString(),
      run: {runId: runId(`${step.executionArn}#${step.step}`), facets: runFacets(step, execution, isEnd, write)},
      job: {namespace: namespaceOf(step), name: jobName(step, execution), facets: jobFacets(step, execution, write)},
      inputs: distinct([...step.inputs, ...step.code].map((taken) => takenDataset(taken, placeOf(taken), write))),
      outputs: isEnd ? outputsOf(step, model, write) : [],
      producer,
      schemaURL: `${spec}/RunEvent`,
    })
    const {startedAtMs = step.endedAtMs ?? execution?.startedAtMs, endedAtMs, status} = step
    // An event has a time. Of a run whose execution and job are both gone none is known.
    if (startedAtMs === undefined) return []
    const ended = endOf(status)
    return [
      event('START', startedAtMs, false),
      ...(ended === undefined ? [] : [event(ended, endedAtMs ?? startedAtMs, true)]),
    ]
  })
}

type Write = (schema: string, facet: object) => object

/** Undefined while it runs. */
function endOf(status: string): string | undefined {
  if (status === 'Succeeded' || status === 'Completed') return 'COMPLETE'
  if (status === 'Failed') return 'FAIL'
  return status === 'Stopped' ? 'ABORT' : undefined
}

function runFacets(step: StepRun, execution: ExecutionFacts | undefined, isEnd: boolean, write: Write): Facets {
  const {startedAtMs, endedAtMs} = step
  const parameters = [
    ...step.parameters.map(({name, value}) => ({key: `parameters.${name}`, name, value})),
    ...step.hyperparameters.map(({name, value}) => ({key: `hyperparameters.${name}`, name, value})),
  ]
  const parent = execution && {
    run: {runId: runId(execution.arn)},
    job: {namespace: namespaceOf(step), name: execution.pipeline},
  }
  const nominal = startedAtMs !== undefined && {
    nominalStartTime: new Date(startedAtMs).toISOString(),
    ...(endedAtMs === undefined ? {} : {nominalEndTime: new Date(endedAtMs).toISOString()}),
  }
  return {
    ...(parent ? {parent: write(`${facetsAt}/1-0-1/ParentRunFacet.json#/$defs/ParentRunFacet`, parent)} : {}),
    ...(nominal
      ? {nominalTime: write(`${facetsAt}/1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet`, nominal)}
      : {}),
    ...(parameters.length > 0
      ? {
          jobRunParameters: write(`${facetsAt}/1-0-0/JobRunParametersFacet.json#/$defs/JobRunParametersFacet`, {
            parameters,
          }),
        }
      : {}),
    mlpipe_step: write(`${spec}/RunFacet`, {
      executionArn: step.executionArn,
      ...(step.jobArn === undefined ? {} : {jobArn: step.jobArn}),
      ...(step.image === undefined ? {} : {image: step.image}),
      ...(step.simulated === undefined ? {} : {simulated: step.simulated}),
      takenOverBy: step.takenOverBy,
      ...(isEnd ? {metrics: step.metrics} : {}),
    }),
  }
}

function jobFacets({type, code}: StepRun, execution: ExecutionFacts | undefined, write: Write): Facets {
  const {gitCommit, gitDirty, specSha256} = execution?.origin ?? {}
  return {
    jobType: write(`${facetsAt}/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet`, {
      processingType: 'BATCH',
      integration: 'SAGEMAKER',
      jobType: type.toUpperCase(),
    }),
    mlpipe_code: write(`${spec}/JobFacet`, {
      ...(gitCommit === undefined ? {} : {gitCommit, gitDirty}),
      ...(specSha256 === undefined ? {} : {specSha256}),
      files: code.map(({uri, file, content, fileSha256}) => ({
        uri,
        ...(file === undefined ? {} : {file}),
        ...hashMember(uri, content, fileSha256),
      })),
    }),
  }
}

/** The dataset that a step made is one for all: also who takes only a file of it names it so, or the graph falls apart there. */
function madePlaces(steps: readonly StepRun[]): (taken: Taken) => string {
  const keyOf = ({executionArn, step}: StepKey) => `${executionArn}#${step}`
  const outputs = new Map(steps.map((step) => [keyOf(step), step.outputs]))
  return ({uri, madeBy}) => {
    const made = madeBy === undefined ? [] : (outputs.get(keyOf(madeBy)) ?? [])
    return made.find((output) => liesAt(uri, output.uri))?.uri ?? uri
  }
}

/** `place` names the dataset; what was taken of it is its source. */
function takenDataset({uri, content, file}: Taken, place: string, write: Write): Dataset {
  const version =
    content &&
    write(`${facetsAt}/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet`, {
      datasetVersion: `${content.kind === 'content-hash' ? 'sha256' : 'fingerprint'}:${content.value}`,
    })
  const made = dataset(place, write)
  const source = parseS3Uri(uri) ? sourceFacet(uri, write, file) : {}
  return {...made, facets: {...made.facets, ...source, ...(version ? {version} : {})}}
}

/** Two files of one dataset are one input. */
function distinct(datasets: readonly Dataset[]): Dataset[] {
  const named = new Map<string, Dataset>()
  for (const one of datasets) {
    const key = `${one.namespace} ${one.name}`
    named.set(key, named.get(key) ?? one)
  }
  return [...named.values()]
}

function outputsOf({outputs}: StepRun, model: ModelFacts | undefined, write: Write): Dataset[] {
  const made = outputs.map(({uri}) => dataset(uri, write))
  if (!model) return made
  const facts = {approval: model.approval, modelPackageArn: model.arn, metrics: model.metrics}
  const facets = {mlpipe_model: write(`${spec}/DatasetFacet`, facts)}
  return [...made, {namespace: namespaceOf({executionArn: model.arn}), name: `model-package/${model.model}`, facets}]
}

function dataset(uri: string, write: Write): Dataset {
  const place = parseS3Uri(uri)
  if (!place) return {namespace: 'sagemaker', name: uri, facets: {}}
  const name = place.key.replace(/\/+$/, '')
  return {namespace: `s3://${place.bucket}`, name: name === '' ? '/' : name, facets: sourceFacet(uri, write)}
}

function sourceFacet(uri: string, write: Write, file?: string): Facets {
  const schema = `${facetsAt}/1-0-1/DatasourceDatasetFacet.json#/$defs/DatasourceDatasetFacet`
  return {dataSource: write(schema, {name: file ?? uri, uri: encodeURI(uri)})}
}

/** The hash of the file itself, as `sha256sum` gives it; of an archive or a folder that of the list of its files. */
function hashMember(uri: string, content: Taken['content'], fileSha256: string | undefined): object {
  if (fileSha256 !== undefined) return {sha256: fileSha256}
  if (content?.kind !== 'content-hash') return {}
  const isList = uri.endsWith('/sourcedir.tar.gz') || uri.replace(/\/+$/, '').endsWith(content.value)
  return isList ? {listSha256: content.value} : {sha256: content.value}
}

/** `sagemaker://<account>/<region>`, so that pipelines of two accounts are not taken for one. */
function namespaceOf({executionArn}: {readonly executionArn: string}): string {
  const [, , , region = '', account = ''] = executionArn.split(':')
  return `sagemaker://${account}/${region}`
}

function jobName({step}: StepRun, execution: ExecutionFacts | undefined): string {
  return execution ? `${execution.pipeline}.${step}` : step
}

/** OpenLineage wants UUIDs: of what is named alike the same, everywhere (RFC 9562, version 5, in the namespace of URLs). */
export function runId(name: string): string {
  const namespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')
  const hash = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16)
  const bytes = [...hash].map((byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x50
    return index === 8 ? (byte & 0x3f) | 0x80 : byte
  })
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
