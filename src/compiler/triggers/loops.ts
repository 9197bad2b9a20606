// Triggers that would start the pipeline for what it does itself: each execution would be the cause of the next.

import {flattenSteps} from '../../definition/flat-steps.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import {parseEvent} from '../../events/event-fields.ts'
import {matchEvent} from '../../events/match.ts'
import {parsePattern} from '../../events/pattern.ts'
import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import {knownText, type Started} from '../../trigger/known-text.ts'
import {s3Writes} from '../../trigger/s3-writes.ts'
import type {EventSource, ModelSource, PipelineSource, S3Source, TriggerSource} from '../../trigger/trigger.ts'
import {ownEvents} from './own-events.ts'
import type {Findings} from './trigger-scope.ts'

/** `possible`: only the run can tell. */
type Loop = {readonly certainty: 'certain' | 'possible'; readonly message: string; readonly help: string}

export function checkLoops(spec: TriggerSpec, source: TriggerSource, started: Started, scope: Findings): void {
  const loop = findLoop(source, started, scope)
  if (!loop) return
  const {findings} = scope
  const range = sourceRange(spec)
  const message = `trigger "${spec.name}" ${loop.message}`
  if (loop.certainty === 'certain') findings.error('trigger-loop', range, message, {help: loop.help})
  else findings.warning('trigger-loop', range, message, {help: loop.help})
}

/** What the trigger waits for. */
export function sourceRange(spec: TriggerSpec): Range {
  return spec.keyRanges.get(spec.kind) ?? spec.nameRange
}

function findLoop(source: TriggerSource, started: Started, scope: Findings): Loop | undefined {
  switch (source.kind) {
    case 'schedule':
    case 'drift':
      return undefined
    case 's3':
      return s3Loop(source, started, scope)
    case 'model':
      return modelLoop(source, started)
    case 'pipeline':
      return pipelineLoop(source, scope)
    case 'event':
      return eventLoop(source, scope)
  }
}

const others = 'such as s3://my-bucket/incoming/'

function s3Loop(source: S3Source, started: Started, {target, pipelineName}: Findings): Loop | undefined {
  const {prefix, bucket} = source
  // Only the run can tell whether the objects that it writes have such names.
  const isNarrow = source.suffix !== undefined || source.marker !== undefined
  const reaches = s3Writes(started).flatMap((write) => {
    const reach = write.bucket === bucket ? reachOf(write, prefix) : undefined
    return reach ? [{reach, step: write.step}] : []
  })
  const worst = reaches.find(({reach}) => reach === 'certain') ?? reaches[0]
  if (worst) {
    const certainty = isNarrow ? 'possible' : worst.reach
    const verb = certainty === 'certain' ? 'fires' : 'may fire'
    return {
      certainty,
      message: `${verb} for what step "${worst.step}" writes there: an execution would start the next`,
      help: `wait for a prefix that the pipeline does not write to, ${others}`,
    }
  }
  if (bucket !== target.bucket) return undefined
  const ownFolder = ['code/', 'data/', 'fingerprints/'].find((name) => isUnder(`${pipelineName}/${name}`, prefix))
  if (ownFolder === undefined) return undefined
  return {
    certainty: isNarrow ? 'possible' : 'certain',
    message: `${isNarrow ? 'may fire' : 'fires'} for what mlpipe itself puts into s3://${bucket}/${pipelineName}/${ownFolder}`,
    help: `wait for a prefix of its own, ${others}`,
  }
}

/** Either holds the other. */
function isUnder(folder: string, prefix: string): boolean {
  return folder.startsWith(prefix) || prefix.startsWith(folder)
}

/** Ids of executions have twelve small letters and digits (StartPipelineExecution, PipelineExecutionArn). */
const executionId = /^[a-z0-9]{12}$/
const partOfExecutionId = /^[a-z0-9]{0,12}$/

function reachOf({key, isWhole}: {key: string; isWhole: boolean}, prefix: string): 'certain' | 'possible' | undefined {
  if (key.startsWith(prefix)) return 'certain'
  if (!prefix.startsWith(key)) return undefined
  const rest = prefix.slice(key.length)
  if (isWhole) return key.endsWith('/') || rest.startsWith('/') ? 'possible' : undefined
  const [segment = ''] = rest.split('/')
  const canFollow = (rest.includes('/') ? executionId : partOfExecutionId).test(segment)
  return canFollow ? 'possible' : undefined
}

const statusOf = {approved: 'Approved', rejected: 'Rejected', registered: undefined} as const

function modelLoop({group, on}: ModelSource, started: Started): Loop | undefined {
  const registering = flattenSteps(started.definition).flatMap(({step}) => {
    if (step.Type !== 'RegisterModel') return []
    const name = knownText(step.Arguments['ModelPackageGroupName'], started)
    return name.isWhole && name.text === group ? [step] : []
  })
  const wanted = statusOf[on]
  const steps = registering.map((step) => {
    const approval = knownText(step.Arguments['ModelApprovalStatus'], started)
    const certainty = wanted === undefined || (approval.isWhole && approval.text === wanted) ? 'certain' : 'possible'
    return {
      name: step.Name,
      isRuledOut: wanted !== undefined && approval.isWhole && approval.text !== wanted,
      certainty,
    } as const
  })
  const looping = steps.filter(({isRuledOut}) => !isRuledOut)
  const worst = looping.find(({certainty}) => certainty === 'certain') ?? looping[0]
  if (!worst) return undefined
  const verb = worst.certainty === 'certain' ? 'fires' : 'may fire'
  return {
    certainty: worst.certainty,
    message: `${verb} for the version that step "${worst.name}" registers${wanted === undefined ? '' : ` as ${wanted}`}: an execution would start the next`,
    help:
      on === 'registered'
        ? 'wait for the group of another pipeline, or for on: approved'
        : 'let the step register with approval: PendingManualApproval, or wait for another group',
  }
}

/** SageMaker tells names of pipelines apart without capitals. */
function pipelineLoop({pipeline}: PipelineSource, scope: Findings): Loop | undefined {
  const {pipelineName, target} = scope
  const [, , , region = target.region, account = target.account ?? '', resource = `pipeline/${pipeline}`] =
    pipeline.startsWith('arn:') ? pipeline.split(':') : []
  const isSameName = resource.toLowerCase() === `pipeline/${pipelineName.toLowerCase()}`
  const isSamePlace = region === target.region && account === (target.account ?? account)
  if (!isSameName || !isSamePlace) return undefined
  return {
    certainty: 'certain',
    message: 'waits for the pipeline that it starts: an execution would start the next',
    help: 'wait for another pipeline; a failed execution is repeated by "retry:" of its steps',
  }
}

function eventLoop({pattern}: EventSource, scope: Findings): Loop | undefined {
  const parsed = parsePattern(pattern)
  if (parsed.kind === 'invalid') return undefined
  const matched = ownEvents(pattern, scope).find(({text}) => {
    const event = parseEvent(text)
    return event.kind === 'event' && matchEvent(parsed.pattern, event.event).kind === 'matches'
  })
  if (!matched) return undefined
  return {
    certainty: 'certain',
    message: `matches what the pipeline itself sends (${matched.what}): an execution would start the next`,
    help: 'name in the pattern what it is to be started by, such as detail: {pipelineArn: [the ARN of the other pipeline]}',
  }
}
