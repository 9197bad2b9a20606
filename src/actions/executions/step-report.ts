// One entry of ListPipelineExecutionSteps, joined with the definition, as a StepReport.

import type {ExecutionStep, ExecutionsPort} from '../../cloud/ports.ts'
import type {DefinitionOutline} from './definition-outline.ts'
import {executionId, modelOfPackage} from './execution-arn.ts'
import type {ResultSource, StepReport, StepState} from './execution-report.ts'

/** When the executions that cache hits come from had ended. Asks once per execution. */
export type CacheSources = (arn: string) => Promise<number | undefined>

export function cacheSources(executions: ExecutionsPort): CacheSources {
  const known = new Map<string, Promise<number | undefined>>()
  return (arn) => {
    const ended = known.get(arn) ?? endOf(executions, arn)
    known.set(arn, ended)
    return ended
  }
}

async function endOf(executions: ExecutionsPort, arn: string): Promise<number | undefined> {
  try {
    return (await executions.describe(arn)).modifiedAtMs
  } catch {
    // Deleted since, or not readable with these credentials: the hit is a fact all the same.
    return undefined
  }
}

export async function stepReport(
  step: ExecutionStep,
  outline: DefinitionOutline,
  sources: CacheSources,
  nowMs: number,
): Promise<StepReport> {
  const definition = outline.types.get(step.name)
  const registered = step.modelPackageArn === undefined ? undefined : modelOfPackage(step.modelPackageArn)
  const taken = step.outcome === 'True' ? definition?.branches?.onTrue : definition?.branches?.onFalse
  const reason = step.failMessage ?? step.failureReason
  const endMs = step.endedAtMs ?? nowMs
  return {
    name: step.name,
    type: definition?.type ?? typeFromMetadata(step),
    state: stateOf(step),
    ...(step.startedAtMs === undefined
      ? {}
      : {startedAt: iso(step.startedAtMs), durationSeconds: seconds(endMs - step.startedAtMs)}),
    ...(step.endedAtMs === undefined ? {} : {endedAt: iso(step.endedAtMs)}),
    ...(step.attempts === undefined ? {} : {attempts: step.attempts}),
    ...(step.cachedFrom === undefined ? {} : {cachedFrom: await cacheSource(step.cachedFrom, sources, nowMs)}),
    ...(step.reusedFrom === undefined ? {} : {reusedFrom: await cacheSource(step.reusedFrom, sources, nowMs)}),
    ...(step.outcome === undefined ? {} : {outcome: {result: step.outcome === 'True', branch: taken ?? []}}),
    ...(registered && step.modelPackageArn ? {registered: {model: registered.model, arn: step.modelPackageArn}} : {}),
    ...(step.outputs && step.outputs.length > 0 ? {outputs: step.outputs} : {}),
    ...(step.violationReport === undefined ? {} : {violationReport: step.violationReport}),
    ...(reason === undefined ? {} : {failureReason: reason}),
    ...(step.simulated === undefined ? {} : {simulated: step.simulated}),
    ...(step.callback && !isEnded(step) ? {callback: step.callback} : {}),
    ...(step.job?.arn.startsWith('arn:') ? {jobArn: step.job.arn} : {}),
  }
}

function isEnded({status}: ExecutionStep): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped'
}

export function isTerminalState(state: StepState): boolean {
  return state !== 'waiting' && state !== 'running' && state !== 'stopping' && state !== 'not-run'
}

export function stateOf(step: ExecutionStep): StepState {
  switch (step.status) {
    case 'Succeeded':
      if (step.reusedFrom !== undefined) return 'reused'
      return step.cachedFrom === undefined ? 'succeeded' : 'cached'
    case 'Failed':
      return 'failed'
    case 'Stopped':
      return 'stopped'
    case 'Stopping':
      return 'stopping'
    case 'Starting':
    case 'Executing':
      return 'running'
  }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Milliseconds as seconds, never negative: two clocks may differ a little. */
export function seconds(ms: number): number {
  return Math.max(0, ms) / 1000
}

async function cacheSource(arn: string, sources: CacheSources, nowMs: number): Promise<ResultSource> {
  const endedMs = await sources(arn)
  const source = {execution: executionId(arn), arn}
  return endedMs === undefined ? source : {...source, endedAt: iso(endedMs), agoSeconds: seconds(nowMs - endedMs)}
}

function typeFromMetadata(step: ExecutionStep): string {
  if (step.job) return step.job.kind
  if (step.modelPackageArn !== undefined) return 'RegisterModel'
  if (step.modelArn !== undefined) return 'Model'
  if (step.outcome !== undefined) return 'Condition'
  return step.failMessage === undefined ? '' : 'Fail'
}
