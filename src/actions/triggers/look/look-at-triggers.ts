// What `trigger list`, `show` and `fire` look at first: what stands, and what the spec declares.

import type {Pipeline} from '../../../cloud/ports.ts'
import {compareAlarm, type Difference} from '../../../trigger/compare.ts'
import {connect} from '../../connect.ts'
import type {Place} from '../../next-commands.ts'
import type {Connection, ConnectOptions, World} from '../../world.ts'
import {type Declared, declaredDocuments, openDeclared, placeOf} from './declared-triggers.ts'
import {findProblems} from './find-problems.ts'
import {type FoundTriggers, findStanding, type PipelinePlace} from './find-standing.ts'
import {pairTriggers, type TriggerPair} from './pair-triggers.ts'
import type {Seen} from './report-triggers.ts'
import {findStarts} from './starts.ts'

export type TriggersInView = PipelinePlace & {
  readonly spec: Declared
  readonly connection: Connection
  /** Undefined while it is not deployed. */
  readonly pipeline: Pipeline | undefined
  readonly found: FoundTriggers
  readonly pairs: readonly TriggerPair[]
}

export async function lookAtTriggers(
  input: Place,
  world: World,
  options: ConnectOptions = {},
): Promise<TriggersInView> {
  const spec = await openDeclared(input, world)
  const connection = await connect(spec.target, input, world, options)
  const pipeline = await connection.cloud.pipelines.describe(spec.pipelineName)
  const place = await placeOf(spec, pipeline, connection.cloud)
  const found = await findStanding(place, connection.cloud)
  const pairs = pairTriggers(found, declaredDocuments(spec, place), spec.pipelineName)
  return {...place, spec, connection, pipeline, found, pairs}
}

/** What it takes more calls to know: whether they can start anything, and what they have started. */
export async function examine(view: TriggersInView, world: World): Promise<Seen> {
  const {pipelineName, pipelineArn, spec, connection, pipeline, found} = view
  const {cloud} = connection
  const place = {pipelineName, pipelineArn}
  const [problems, alarmDifferences, starts] = await Promise.all([
    findProblems(found, {...place, isDeployed: pipeline !== undefined}, cloud),
    compareAlarms(view),
    pipeline ? findStarts([...found.starting, ...found.strayed], cloud, {...place, nowMs: world.now()}) : new Map(),
  ])
  return {pipelineName, isCompared: spec.triggers !== undefined, problems, alarmDifferences, starts}
}

/** Of the triggers that stand: an alarm that is missing is told as their problem. */
async function compareAlarms({pairs, connection}: TriggersInView): Promise<Seen['alarmDifferences']> {
  const {alarms} = connection.cloud
  const differences = new Map<string, readonly Difference[]>()
  for (const {name, standing, declared} of pairs) {
    const alarm = declared?.documents.alarm
    const found = alarm && standing ? await alarms.find(alarm.name) : undefined
    if (!alarm || !found) continue
    differences.set(
      name,
      compareAlarm(alarm, found).map((one) => ({...one, field: `alarm ${one.field}`})),
    )
  }
  return differences
}
