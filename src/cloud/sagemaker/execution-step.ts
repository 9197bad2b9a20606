// One entry of ListPipelineExecutionSteps as plain data.

import type {OutputParameter, PipelineExecutionStep, PipelineExecutionStepMetadata} from '@aws-sdk/client-sagemaker'
import {defined} from '../fields.ts'
import type {ExecutionStep, JobKind, NameValue, StepJob} from '../ports.ts'

/** How the embedded engine says, in a step's description, that nothing really ran. */
const simulatedPattern = /^\[simulated\] (.*)/

export function executionStep(entry: PipelineExecutionStep): ExecutionStep {
  const {Model, RegisterModel, Condition, Fail, Callback, Lambda, QualityCheck, ClarifyCheck} = entry.Metadata ?? {}
  return defined({
    name: entry.StepName ?? '',
    displayName: entry.StepDisplayName,
    status: entry.StepStatus ?? 'Executing',
    startedAtMs: entry.StartTime?.getTime(),
    endedAtMs: entry.EndTime?.getTime(),
    attempts: entry.AttemptCount,
    // An empty ARN, as a sample of the Developer Guide shows for a miss, means none.
    cachedFrom: entry.CacheHitResult?.SourcePipelineExecutionArn || undefined,
    reusedFrom: entry.SelectiveExecutionResult?.SourcePipelineExecutionArn || undefined,
    failureReason: entry.FailureReason,
    job: jobOf(entry),
    callback: Callback?.CallbackToken
      ? defined({token: Callback.CallbackToken, queueUrl: Callback.SqsQueueUrl})
      : undefined,
    outputs: outputsOf(Callback?.OutputParameters ?? Lambda?.OutputParameters),
    violationReport: QualityCheck?.ViolationReport ?? ClarifyCheck?.ViolationReport,
    simulated: simulatedPattern.exec(entry.StepDescription ?? '')?.[1],
    modelArn: Model?.Arn,
    modelPackageArn: RegisterModel?.Arn,
    outcome: Condition?.Outcome,
    failMessage: Fail?.ErrorMessage,
  })
}

function jobOf({Metadata: metadata = {}, StartTime, EndTime}: PipelineExecutionStep): StepJob | undefined {
  const lambda = metadata.Lambda?.Arn
  if (lambda) {
    const times = defined({startedAtMs: StartTime?.getTime(), endedAtMs: EndTime?.getTime()})
    return {kind: 'Lambda', arn: lambda, ...times}
  }
  for (const [kind, arn] of jobArns(metadata)) if (arn) return {kind, arn}
  return undefined
}

function jobArns(metadata: PipelineExecutionStepMetadata): [JobKind, string | undefined][] {
  const {EMR: emr} = metadata
  return [
    ['Training', metadata.TrainingJob?.Arn],
    ['Processing', metadata.ProcessingJob?.Arn],
    ['Tuning', metadata.TuningJob?.Arn],
    ['Transform', metadata.TransformJob?.Arn],
    ['AutoML', metadata.AutoMLJob?.Arn],
    ['QualityCheck', metadata.QualityCheck?.CheckJobArn],
    ['ClarifyCheck', metadata.ClarifyCheck?.CheckJobArn],
    ['Callback', metadata.Callback?.CallbackToken],
    ['EMR', emr?.ClusterId === undefined ? undefined : `${emr.ClusterId}/${emr.StepId ?? ''}`],
  ]
}

function outputsOf(list: readonly OutputParameter[] | undefined): NameValue[] | undefined {
  return list?.map(({Name, Value}) => ({name: Name ?? '', value: Value ?? ''}))
}
