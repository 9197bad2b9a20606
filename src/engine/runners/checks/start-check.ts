// Runs a QualityCheck or a ClarifyCheck: analyses its data, compares the result with the baseline, uploads the documents.
// It is done in this process; there is no container to start.

import {existsSync} from 'node:fs'
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {JsonObject} from '../../../definition/json.ts'
import {isJsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt} from '../../../definition/json-members.ts'
import {cutReason} from '../exit-text.ts'
import {copyInput, parseUri} from '../inputs.ts'
import {clientFault, JobFault} from '../job-fault.ts'
import type {JobContext} from '../job-plan.ts'
import type {JobDeps, JobOutcome, JobRequest, RunningJob} from '../job-types.ts'
import {hostPath, mlRoot} from '../ml-paths.ts'
import {joinKey, listFiles, uploadDirectory} from '../outputs.ts'
import {readInput, readOutput} from '../processing.ts'
import {type Analyse, type Analysis, type BaselineDocuments, simulatedAnalysis} from './analysis.ts'
import {type CheckResult, resultOf} from './check-result.ts'
import {
  type BaselineUris,
  type CheckSettings,
  findPreviousBaseline,
  readCheckSettings,
  withoutBaseline,
} from './check-settings.ts'
import {analyseClarify} from './clarify-check.ts'
import {analyseQuality} from './quality-check.ts'

export function startCheck(request: JobRequest, deps: JobDeps): RunningJob {
  return run(request, deps, request.kind === 'QualityCheck' ? analyseQuality : analyseClarify)
}

/** The same step with nothing analysed and nothing violated. */
export function startSimulatedCheck(request: JobRequest, deps: JobDeps, why: string): RunningJob {
  const analysis = simulatedAnalysis(request.kind === 'QualityCheck', why)
  return run(request, deps, async () => analysis)
}

function run(request: JobRequest, deps: JobDeps, analyse: Analyse): RunningJob {
  let isAsked = false
  const stop = () => {
    isAsked = true
  }
  return {done: runCheck(request, deps, analyse, () => isAsked), stop, kill: stop}
}

async function runCheck(
  request: JobRequest,
  deps: JobDeps,
  analyse: Analyse,
  isStopped: () => boolean,
): Promise<JobOutcome> {
  const startedAtMs = deps.now()
  const jobDirectory = join(deps.stateDirectory, 'jobs', request.jobName)
  const note = (text: string) => deps.writeLog(request.jobName, `mlpipe: ${text}`)
  const context: JobContext = {request, deps, jobDirectory, mlDirectory: join(jobDirectory, 'ml'), note}
  const times = () => ({metrics: [], startedAtMs, endedAtMs: deps.now()})
  if (request.hints.runner === 'docker')
    note('runner: docker counts for processing and training; a check runs in the engine')
  try {
    const report = await check(context, analyse, isStopped)
    if (!report) return {status: 'Stopped', ...times()}
    const {failure, ...result} = report
    if (!failure) return {status: 'Completed', ...result, ...times()}
    note(failure.message)
    return {status: 'Failed', failureReason: cutReason(failure.message), ...result, ...times()}
  } catch (error) {
    // Half of the data may have no row that is of use.
    if (isStopped()) return {status: 'Stopped', ...times()}
    const message = error instanceof Error ? error.message : String(error)
    const reason = error instanceof JobFault ? message : `InternalServerError: ${message}`
    note(reason)
    return {status: 'Failed', failureReason: cutReason(reason), ...times()}
  } finally {
    if (existsSync(jobDirectory)) await rm(jobDirectory, {recursive: true, force: true})
  }
}

type Report = CheckResult & Pick<JobOutcome, 'simulated'>

/** Undefined when the check was stopped meanwhile. */
async function check(context: JobContext, analyse: Analyse, isStopped: () => boolean): Promise<Report | undefined> {
  const {deps, request, note} = context
  const settings = readCheckSettings(request)
  const filesAt = (localPath: string) => fetchInput(context, localPath, isStopped)
  const analysis = await analyse(context, settings, filesAt, isStopped)
  if (isStopped()) return undefined
  if (analysis.simulated !== undefined) note(`simulated: ${analysis.simulated}`)

  const outputUri = outputOf(request)
  const previous = findPreviousBaseline(settings, deps)
  const violations = await compare(context, settings, analysis, previous)
  const documents = violations
    ? {...analysis.documents, 'constraint_violations.json': {...analysis.reportMembers, violations}}
    : analysis.documents
  await upload(context, documents, outputUri)
  if (isUnchecked(settings, analysis, previous)) throw withoutBaseline(settings, deps)

  note(describeEnd(settings, violations, previous))
  const facts = {
    settings,
    calculated: calculatedUris(analysis, outputUri),
    // A rehearsal goes on with something to refer to.
    previous: previous ?? (analysis.simulated === undefined ? undefined : calculatedUris(analysis, outputUri)),
    violations: violations ?? [],
    reportUri: uriOf(outputUri, 'constraint_violations.json'),
  }
  return {...resultOf(facts), ...(analysis.simulated === undefined ? {} : {simulated: analysis.simulated})}
}

function isUnchecked({isSkipped}: CheckSettings, {simulated}: Analysis, previous: BaselineUris | undefined): boolean {
  return !isSkipped && simulated === undefined && previous === undefined
}

/** Undefined when there is nothing to compare with, or nobody wants it. */
async function compare(
  context: JobContext,
  {isSkipped}: CheckSettings,
  analysis: Analysis,
  previous: BaselineUris | undefined,
): Promise<readonly JsonObject[] | undefined> {
  if (isSkipped || previous?.constraints === undefined || analysis.simulated !== undefined) return undefined
  const documents: BaselineDocuments = {
    constraints: await readBaseline(context, previous.constraints),
    statistics: previous.statistics === undefined ? {} : await readBaseline(context, previous.statistics),
  }
  return analysis.compare(documents)
}

async function readBaseline({deps}: JobContext, uri: string): Promise<JsonObject> {
  const {bucket, key} = parseUri(uri, 'the baseline')
  const entry = await deps.objects.head(bucket, key)
  if (!entry) throw clientFault(`the baseline ${uri} does not exist`)
  try {
    const document: unknown = JSON.parse(await readFile(entry.path, 'utf8'))
    if (isJsonObject(document)) return document
  } catch {
    // Said below.
  }
  throw clientFault(`the baseline ${uri} is not a JSON object`)
}

function describeEnd(
  {isSkipped}: CheckSettings,
  violations: readonly JsonObject[] | undefined,
  previous: BaselineUris | undefined,
): string {
  if (isSkipped) return 'the check is skipped (SkipCheck); the baseline is calculated'
  const found = violations?.length ?? 0
  return `compared with ${previous?.constraints ?? 'nothing'}: ${found} violation${found === 1 ? '' : 's'}`
}

/** Copies the input that lies at a path, and gives its files. */
async function fetchInput(context: JobContext, localPath: string, isStopped: () => boolean): Promise<string[]> {
  const inputs = objectsAt(context.request.arguments, 'ProcessingInputs').flatMap(readInput)
  const input = inputs.find((one) => one.localPath.replace(/\/+$/, '') === localPath.replace(/\/+$/, ''))
  if (!input) throw clientFault(`the check has no input at ${localPath}`)
  await copyInput(input, context, isStopped)
  const directory = hostPath(context.mlDirectory, input.localPath, input.owner)
  return (await listFiles(directory)).map((path) => join(directory, path))
}

function outputOf({arguments: args}: JobRequest): string {
  const [output] = objectsAt(objectAt(args, 'ProcessingOutputConfig'), 'Outputs').flatMap(readOutput)
  if (!output) throw clientFault('the check has no output')
  return output.uri
}

async function upload(
  context: JobContext,
  documents: Readonly<Record<string, JsonObject>>,
  outputUri: string,
): Promise<void> {
  const directory = hostPath(context.mlDirectory, `${mlRoot}/processing/output`, 'the check')
  await mkdir(directory, {recursive: true})
  for (const [name, document] of Object.entries(documents)) {
    await writeFile(join(directory, name), `${JSON.stringify(document, null, 2)}\n`)
  }
  await uploadDirectory(context, directory, outputUri, 'the output of the check')
}

function calculatedUris({statisticsFile, constraintsFile}: Analysis, outputUri: string): BaselineUris {
  const constraints = uriOf(outputUri, constraintsFile)
  return statisticsFile === undefined ? {constraints} : {constraints, statistics: uriOf(outputUri, statisticsFile)}
}

function uriOf(base: string, name: string): string {
  const {bucket, key} = parseUri(base, 'the output of the check')
  return `s3://${bucket}/${joinKey(key, name)}`
}
