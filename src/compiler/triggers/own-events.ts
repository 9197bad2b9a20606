// The events that SageMaker sends of the pipeline itself, its executions and its steps.
// Source: SageMaker Developer Guide, "Events that Amazon SageMaker AI sends to Amazon EventBridge", pipeline execution and step.

import {flattenSteps} from '../../definition/flat-steps.ts'
import type {JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import {envelope, eventTime} from '../../trigger/samples/envelope.ts'
import type {TriggerScope} from '../context.ts'
import {startedArn} from './trigger-scope.ts'

type OwnEvent = {readonly what: string; readonly text: string}

/** One of each status, of those steps that the pattern may mean. Where the target does not tell the account, any in the pattern may be it. */
export function ownEvents(pattern: string, scope: TriggerScope): OwnEvent[] {
  const {target, definition} = scope
  const steps = flattenSteps(definition)
    .map(({step}) => step)
    .filter(({Name: name}, index) => index === 0 || pattern.includes(name))
  const named = target.account === undefined ? (pattern.match(/\d{12}/g) ?? []) : []
  const arns = new Set([startedArn(scope), ...named.map((account) => startedArn(scope, account))])
  return [...arns].flatMap((arn) => [
    ...executionStatuses.map((status) => executionEvent(status, arn)),
    ...steps.flatMap((step) => stepStatuses.map((status) => stepEvent(step, status, arn))),
  ])
}

const executionStatuses = ['Executing', 'Succeeded', 'Failed', 'Stopping', 'Stopped']
const stepStatuses = ['Starting', 'Executing', 'Succeeded', 'Failed']

/** Any time will do. */
const timeMs = Date.UTC(2026, 0, 1)

function executionEvent(status: string, pipelineArn: string): OwnEvent {
  const detail = {
    pipelineExecutionDisplayName: 'execution',
    currentPipelineExecutionStatus: status,
    previousPipelineExecutionStatus: 'Executing',
    executionStartTime: eventTime(timeMs),
    executionEndTime: eventTime(timeMs),
    pipelineExecutionDescription: '',
  }
  const type = 'SageMaker Model Building Pipeline Execution Status Change'
  return {what: `execution ${status}`, text: eventText(type, pipelineArn, detail)}
}

function stepEvent({Name: stepName, Type: stepType}: StepDefinition, status: string, pipelineArn: string): OwnEvent {
  const detail = {
    metadata: {},
    stepStartTime: eventTime(timeMs),
    stepEndTime: eventTime(timeMs),
    stepName,
    stepType,
    previousStepStatus: 'Executing',
    currentStepStatus: status,
  }
  const type = 'SageMaker Model Building Pipeline Execution Step Status Change'
  return {what: `step ${stepName} ${status}`, text: eventText(type, pipelineArn, detail)}
}

function eventText(detailType: string, pipelineArn: string, detail: JsonObject): string {
  const pipelineExecutionArn = `${pipelineArn}/execution/abcdefghijkl`
  const event = envelope(
    {
      source: 'aws.sagemaker',
      detailType,
      resources: [pipelineArn, pipelineExecutionArn],
      detail: {...detail, pipelineArn, pipelineExecutionArn},
    },
    {pipelineArn, ruleName: '', id: '00000000-0000-4000-8000-000000000000', timeMs},
  )
  return JSON.stringify(event)
}
