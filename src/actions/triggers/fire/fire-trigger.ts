// Starts the pipeline as a trigger would, with the parameters that it takes out of an event, and follows the execution.

import type {NameValue} from '../../../cloud/ports.ts'
import type {JsonObject} from '../../../definition/json.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {outlineDefinition} from '../../executions/definition-outline.ts'
import {deployedDefinition} from '../../executions/deployed-definition.ts'
import {type FollowOptions, followRun, planFollowing, type RunResult} from '../../executions/followed-run.ts'
import {paceOf} from '../../executions/pace.ts'
import {requirePipeline} from '../../executions/resolve-execution.ts'
import {sendStart} from '../../executions/start-request.ts'
import {bringChampionsUp} from '../../gates/keep-champions.ts'
import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import {givenParameters} from '../../parameters/given-parameters.ts'
import {splitParameter} from '../../parameters/start-parameters.ts'
import type {World} from '../../world.ts'
import {lookAtTriggers, type TriggersInView} from '../look/look-at-triggers.ts'
import {choosePair} from '../look/pair-triggers.ts'
import {mismatchOf} from './check-match.ts'
import {type FirableTrigger, firable} from './firable-trigger.ts'
import {type EventInput, type FireEvent, fireEvent} from './fire-event.ts'
import {fireParameters} from './fire-parameters.ts'

export type FireInput = Place &
  FollowOptions &
  EventInput & {
    /** Of a trigger, or the name or ARN of a rule or schedule. */
    readonly name: string
    /** `name=value`: they go over what the event gives. */
    readonly parameters: readonly string[]
    /** Also for an event that it would not have fired for. */
    readonly force: boolean
    /** Starts nothing. */
    readonly dryRun: boolean
  }

export type FiredTrigger = {
  readonly name: string
  readonly kind: FirableTrigger['kind']
  /** What it is fired with; absent for a schedule of EventBridge Scheduler, which has no event. */
  readonly event?: {
    /** `sample`: made up. `given`: the user's own. `object`, `model-package`: of one that is there. */
    readonly from: FireEvent['from']
    readonly id?: string
    readonly document: JsonObject
    /** Why it would not have fired for this event, and was made to. */
    readonly mismatch?: string
  }
  /** That the trigger gives; `path`: where in the event the value comes from. */
  readonly parameters: readonly {readonly name: string; readonly value: string; readonly path?: string}[]
}

export type FirePreview = {
  readonly formatVersion: 1
  readonly outcome: 'dry-run'
  readonly pipeline: string
  readonly target: string
  readonly trigger: FiredTrigger
  /** All that the execution would be given. */
  readonly parameters: readonly NameValue[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

export type FireResult = FirePreview | (RunResult & {readonly trigger: FiredTrigger})

export async function fireTrigger(input: FireInput, world: World): Promise<FireResult> {
  const follow = planFollowing(input)
  const view = await lookAtTriggers(input, world, {handOver: follow.handOver && !input.dryRun})
  const {spec, connection, pipelineName, pairs} = view
  const {executions} = connection.cloud
  const pipeline = view.pipeline ?? (await requirePipeline(pipelineName, connection.cloud, input))
  const definition = deployedDefinition(pipeline)
  const chosen = firable(choosePair(input.name, pairs, pipelineName, input), view.pipelineArn, input)
  const event = await eventFor(chosen, input, view, world)
  const mismatch = event && mismatchOf(chosen.pattern, event.fields)
  if (mismatch !== undefined && !input.force) throw wouldNotFire(chosen.name, mismatch, input)

  const overridden = input.parameters.flatMap((text) => splitParameter(text)?.name ?? [])
  const taken = fireParameters(chosen, event, overridden)
  const given = taken.map(({name, value}) => `${name}=${value}`)
  const parameters = await givenParameters({parameters: [...given, ...input.parameters]}, definition.Parameters, world)
  const notes = [...chosen.notes, ...(mismatch === undefined ? [] : [`it would not have fired: ${mismatch}`])]
  for (const message of [...notes, ...eventNote(event)]) world.reporter.report({kind: 'note', message})

  const trigger = firedTrigger(chosen, event, mismatch, taken)
  const target = spec.target
  if (input.dryRun) {
    const next = [nextCommand(`trigger fire ${quoted(chosen.name)}`, input)]
    const place = {pipeline: pipelineName, target: target.name}
    return {formatVersion: 1, outcome: 'dry-run', ...place, trigger, parameters, notes, next}
  }

  const {cloud} = connection
  const champions = await bringChampionsUp({definition, pipelineName}, {cloud, target, place: input}, world)
  for (const message of champions) world.reporter.report({kind: 'note', message})
  const description = `Started by trigger ${chosen.name}${event?.id === undefined ? '' : `, event ${event.id}`}`
  const {arn} = await sendStart(
    (token) => executions.start({pipelineName, parameters, description, token}),
    {pace: paceOf(target), place: input, again: `trigger fire ${quoted(chosen.name)}`},
    world,
  )
  const outline = outlineDefinition(definition)
  const started = {
    arn,
    outline,
    follow,
    pipelineName,
    target,
    place: input,
    warnings: [],
    notes: [...notes, ...champions],
  }
  return {...(await followRun(started, connection, world)), trigger}
}

async function eventFor(
  chosen: FirableTrigger,
  input: FireInput,
  {pipelineName, pipelineArn, connection}: TriggersInView,
  world: World,
): Promise<FireEvent | undefined> {
  if (!chosen.hasEvent) {
    if ((input.event ?? input.object ?? input.modelPackage) === undefined) return undefined
    const message = `the trigger "${chosen.name}" is a schedule of EventBridge Scheduler, which starts the pipeline without an event`
    throw new MlpipeError({code: 'usage', message})
  }
  const sample = {pipelineArn, ruleName: chosen.documentName, id: world.newToken(), timeMs: world.now()}
  const {name: triggerName, pattern, source} = chosen
  return fireEvent(input, {triggerName, pattern, source, sample, pipelineName, place: input}, connection.cloud, world)
}

function firedTrigger(
  {name, kind}: FirableTrigger,
  event: FireEvent | undefined,
  mismatch: string | undefined,
  parameters: FiredTrigger['parameters'],
): FiredTrigger {
  if (!event) return {name, kind, parameters}
  const {from, id, document} = event
  const told = {from, ...(id === undefined ? {} : {id}), document, ...(mismatch === undefined ? {} : {mismatch})}
  return {name, kind, event: told, parameters}
}

function eventNote(event: FireEvent | undefined): string[] {
  return event?.from === 'sample' ? ['with a sample event: its values are made up'] : []
}

function wouldNotFire(name: string, mismatch: string, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'event-does-not-match',
    message: `the trigger "${name}" would not have fired for this event: ${mismatch}`,
    nextSteps: [
      nextCommand(`trigger show ${quoted(name)}`, place),
      `${nextCommand(`trigger fire ${quoted(name)} --force`, place)}  (fires it all the same)`,
    ],
  })
}
