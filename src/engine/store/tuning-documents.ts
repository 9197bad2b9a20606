// What is told of a tuning job, which is all in its children: their states, their objectives, the best of them.
// Sources: SageMaker API, DescribeHyperParameterTuningJob and HyperParameterTrainingJobSummary.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'
import {findChildren, type JobRow, parseOutcome, parseRequest} from './jobs.ts'

/** A child of a tuning job carries here, in its request, which of several definitions it comes from. */
export const definitionNameMember = 'TrainingJobDefinitionName'

export type Objective = {readonly type: 'Minimize' | 'Maximize'; readonly metric: string}

/** One TrainingJobDefinition of a tuning job's request. */
export type TuningDefinition = {
  /** Undefined when the request has one only, in TrainingJobDefinition. */
  readonly name: string | undefined
  readonly document: JsonObject
  readonly ranges: JsonObject
  readonly objective: Objective | undefined
}

/** The definitions of a tuning request: the only one, or those of the list, each with ranges and objective of its own. */
export function tuningDefinitions(request: JsonObject): TuningDefinition[] {
  const config = objectAt(request, 'HyperParameterTuningJobConfig')
  const only = request.TrainingJobDefinition
  if (isJsonObject(only)) {
    const ranges = objectAt(config, 'ParameterRanges')
    const objective = readObjective(config.HyperParameterTuningJobObjective)
    return [{name: undefined, document: only, ranges, objective}]
  }
  const list = Array.isArray(request.TrainingJobDefinitions) ? request.TrainingJobDefinitions : []
  return list.filter(isJsonObject).map((document, index) => ({
    name: typeof document.DefinitionName === 'string' ? document.DefinitionName : `definition-${index + 1}`,
    document,
    ranges: objectAt(document, 'HyperParameterRanges'),
    objective: readObjective(document.TuningObjective ?? config.HyperParameterTuningJobObjective),
  }))
}

export function tuningMembers(db: Db, row: JobRow): Readonly<Record<string, Json | undefined>> {
  const children = childrenOf(db, row)
  const [best] = bestFirst(children)
  const trained = children.map(({job}) => (job.endedAtMs ?? job.modifiedAtMs) - (job.startedAtMs ?? job.createdAtMs))
  return {
    HyperParameterTuningEndTime: seconds(row.endedAtMs),
    TrainingJobStatusCounters: countStates(children),
    ObjectiveStatusCounters: countObjectives(children),
    BestTrainingJob: best?.value === undefined ? undefined : summarise(best, row),
    ConsumedResources: {RuntimeInSeconds: Math.round(trained.reduce((sum, ms) => sum + ms, 0) / 1000)},
  }
}

/** The training jobs of a tuning job, the best first; those without a value of the objective come last. */
export function tuningSummaries(db: Db, row: JobRow): JsonObject[] {
  return bestFirst(childrenOf(db, row)).map((child) => summarise(child, row))
}

type Child = {
  readonly job: JobRow
  readonly definition: TuningDefinition | undefined
  /** The last value of the objective metric. */
  readonly value: number | undefined
}

function childrenOf(db: Db, row: JobRow): Child[] {
  const definitions = tuningDefinitions(parseRequest(row))
  return findChildren(db, row.arn).map((job) => {
    const name = parseRequest(job)[definitionNameMember]
    const definition = definitions.find((one) => one.name === name) ?? definitions[0]
    const metric = parseOutcome(job).metrics?.find((one) => one.name === definition?.objective?.metric)
    return {job, definition, value: metric?.value}
  })
}

function bestFirst(children: readonly Child[]): Child[] {
  const isMinimum = children[0]?.definition?.objective?.type === 'Minimize'
  const worst = isMinimum ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const rank = ({value = worst}: Child) => (isMinimum ? value : -value)
  // Two infinities have no difference.
  return [...children].sort((left, right) => (rank(left) === rank(right) ? 0 : rank(left) - rank(right)))
}

function summarise({job, definition, value}: Child, parent: JobRow): JsonObject {
  const objective = definition?.objective
  return compact({
    TrainingJobDefinitionName: definition?.name,
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    TuningJobName: parent.name,
    CreationTime: seconds(job.createdAtMs),
    TrainingStartTime: seconds(job.startedAtMs),
    TrainingEndTime: seconds(job.endedAtMs),
    TrainingJobStatus: job.status,
    TunedHyperParameters: tunedParameters(job, definition),
    FailureReason: parseOutcome(job).failureReason,
    FinalHyperParameterTuningJobObjectiveMetric:
      objective === undefined || value === undefined
        ? undefined
        : {Type: objective.type, MetricName: objective.metric, Value: value},
    ObjectiveStatus: objectiveStatus({job, value}),
  })
}

function objectiveStatus({job, value}: Pick<Child, 'job' | 'value'>): 'Succeeded' | 'Pending' | 'Failed' {
  if (job.endedAtMs === null) return 'Pending'
  return value === undefined ? 'Failed' : 'Succeeded'
}

function countObjectives(children: readonly Child[]): JsonObject {
  const states = children.map(objectiveStatus)
  const count = (state: string) => states.filter((one) => one === state).length
  return {Succeeded: count('Succeeded'), Pending: count('Pending'), Failed: count('Failed')}
}

function countStates(children: readonly Child[]): JsonObject {
  const count = (...states: string[]) => children.filter(({job}) => states.includes(job.status)).length
  return {
    Completed: count('Completed'),
    InProgress: count('InProgress', 'Stopping'),
    RetryableError: 0,
    NonRetryableError: count('Failed'),
    Stopped: count('Stopped'),
  }
}

function tunedParameters(job: JobRow, definition: TuningDefinition | undefined): JsonObject {
  const names = new Set(rangeNames(definition?.ranges ?? {}))
  const given = objectAt(parseRequest(job), 'HyperParameters')
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)))
}

function rangeNames(ranges: JsonObject): string[] {
  const lists = [ranges.IntegerParameterRanges, ranges.ContinuousParameterRanges, ranges.CategoricalParameterRanges]
  return lists.flatMap((list) =>
    (Array.isArray(list) ? list : []).flatMap((range) =>
      isJsonObject(range) && typeof range.Name === 'string' ? [range.Name] : [],
    ),
  )
}

function readObjective(value: Json | undefined): Objective | undefined {
  if (!isJsonObject(value) || typeof value.MetricName !== 'string') return undefined
  return {type: value.Type === 'Minimize' ? 'Minimize' : 'Maximize', metric: value.MetricName}
}
