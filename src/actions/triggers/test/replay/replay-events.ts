// Events of the past, one after the other: how often would the triggers have fired, and what would that have run?

import {createReadStream, existsSync} from 'node:fs'
import {resolve} from 'node:path'
import {MlpipeError} from '../../../../diagnostics/mlpipe-error.ts'
import {fieldsOf} from '../../../../events/event-fields.ts'
import type {ObjectNode} from '../../../../events/json-nodes.ts'
import {envelopeText} from '../../../../trigger/event-envelope.ts'
import {connect} from '../../../connect.ts'
import {historyOf} from '../../../forecast/next-run.ts'
import {predictWith} from '../../../forecast/predict-run.ts'
import {noHistory, openRunHistory, type RunHistory, typedParameters} from '../../../forecast/run-history.ts'
import type {Project} from '../../../open-project.ts'
import type {World} from '../../../world.ts'
import {unreadable} from '../read-given.ts'
import {openSubject, type SubjectInput} from '../subject.ts'
import {waitsFor} from '../waits-for.ts'
import {countRuns, type Predict} from './count-runs.ts'
import {readRecords} from './read-records.ts'
import type {BrokenRecord, ReplayResult} from './replay-result.ts'
import {openTally, type Seen} from './tally.ts'
import {timeSpan} from './time-span.ts'
import {unwrapRecord} from './unwrap-record.ts'

export type ReplayInput = SubjectInput & {
  /** A file; `-` for standard input. */
  readonly replay: string
  /** Asks also an AWS target what has run there. */
  readonly useHistory: boolean
}

/** Broken records that are named. */
const shownBroken = 10

export async function replayEvents(input: ReplayInput, world: World): Promise<ReplayResult> {
  const subject = await openSubject(input, world)
  const tallies = subject.triggers.map((trigger) => openTally(trigger, subject))
  const past = subject.project && (await openPast(subject.project, input, world))
  const counter = past && countRuns(past.predict)
  const span = timeSpan()
  const broken: {count: number; records: BrokenRecord[]} = {count: 0, records: []}
  let events = 0

  for await (const {line, text} of readRecords(open(input.replay, world.cwd))) {
    const unwrapped = unwrapRecord(text)
    if (unwrapped.kind === 'broken') {
      broken.count += 1
      if (broken.records.length < shownBroken) broken.records.push({line, problem: unwrapped.problem})
      continue
    }
    for (const seen of unwrapped.events.map(see)) {
      events += 1
      span.add(seen.atMs)
      for (const tally of tallies) {
        const parameters = tally.take(seen)
        if (parameters && tally.trigger.isEnabled) await counter?.add(parameters, seen.atMs ?? span.latestMs() ?? 0)
      }
    }
  }
  if (events === 0) throw noEvents(input.replay, broken.records)

  const {project} = subject
  const triggers = tallies.map((tally) => tally.report(waitsFor(tally.trigger, subject)))
  const runs = past && counter?.report(past.extent())
  return {
    formatVersion: 1,
    kind: 'replay',
    ...(project ? {spec: {file: project.specPath, pipeline: project.pipelineName, target: project.target.name}} : {}),
    from: input.replay === '-' ? 'standard input' : input.replay,
    events,
    ...span.report(),
    broken,
    triggers,
    ...(runs ? {runs} : {}),
    fires: triggers.some(({fires, refused, isEnabled}) => isEnabled && fires > refused),
  }
}

function see(node: ObjectNode): Seen {
  const ms = Date.parse(envelopeText(node, 'time') ?? '')
  return {event: fieldsOf(node), id: envelopeText(node, 'id'), atMs: Number.isNaN(ms) ? undefined : ms}
}

async function* open(path: string, cwd: string): AsyncGenerator<string> {
  const stream =
    path === '-'
      ? createReadStream('', {fd: 0, autoClose: false, encoding: 'utf8'})
      : createReadStream(resolve(cwd, path), {encoding: 'utf8'})
  try {
    for await (const chunk of stream) yield String(chunk)
  } catch (error) {
    throw unreadable(path, 'events', error)
  }
}

type Past = {readonly predict: Predict; extent(): {readonly from: 'none' | 'target'; readonly executions: number}}

/** What has run on the target: of the embedded engine, or where it is asked for. */
async function openPast(project: Project, input: ReplayInput, world: World): Promise<Past> {
  const {target, pipelineName, compiled} = project
  const {definition} = compiled
  const isAsked = input.useHistory || (target.kind === 'local' && existsSync(target.stateDirectory))
  const cloud = isAsked ? (await connect(target, input, world)).cloud : undefined
  const pipeline = await cloud?.pipelines.describe(pipelineName)
  const history: RunHistory = cloud && pipeline ? openRunHistory(cloud, pipelineName, historyOf(target)) : noHistory
  const nowMs = world.now()
  return {
    predict: (parameters) =>
      predictWith(
        {
          definition,
          pipeline: {arn: pipeline?.arn ?? '', pipelineName},
          parameters: typedParameters(definition, parameters),
          nowMs,
        },
        history,
      ),
    extent: () => ({from: pipeline ? 'target' : 'none', executions: history.extent.executions}),
  }
}

function noEvents(path: string, broken: readonly BrokenRecord[]): MlpipeError {
  const [first] = broken
  const why = first ? `: line ${first.line}: ${first.problem}` : ''
  return new MlpipeError({
    code: 'no-events',
    message: `${path === '-' ? 'standard input' : path} holds no event${why}`,
    nextSteps: ['mlpipe trigger test --sample --json  (what an event looks like)'],
  })
}
