// SendPipelineExecutionStepSuccess: a callback step has succeeded, with these outputs.

import type {Json, JsonObject} from '../../definition/json.ts'
import {castOutput, declaredOutputs} from '../runners/output-parameters.ts'
import type {sendPipelineExecutionStepSuccessShape} from '../validations/send-pipeline-execution-step-success.ts'
import type {InputOf} from '../validations/shape.ts'
import {answerCallback} from './answer-callback.ts'
import type {OperationContext} from './context.ts'
import {invalid, type Reply} from './reply.ts'

type Input = InputOf<typeof sendPipelineExecutionStepSuccessShape>

export function sendPipelineExecutionStepSuccess(input: Input, context: OperationContext): Reply {
  const given = new Map((input.OutputParameters ?? []).map(({Name, Value}) => [Name, Value]))
  return answerCallback(input, context, (envelope) => takeOutputs(given, envelope))
}

/** Every output that the step declares, in its type. What AWS does when one is missing is not documented; here it is refused. */
function takeOutputs(given: ReadonlyMap<string, string>, envelope: JsonObject) {
  const declared = declaredOutputs(envelope)
  const missing = declared.filter(({name}) => !given.has(name)).map(({name}) => name)
  if (missing.length > 0) return invalid(`OutputParameters must have [${missing.join(', ')}], which the step declares.`)

  const outputs: Record<string, Json> = Object.fromEntries(given)
  for (const output of declared) {
    const text = given.get(output.name) ?? ''
    const value = castOutput(output, text)
    if (value === undefined)
      return invalid(`OutputParameter '${output.name}' must be of type ${output.type}: '${text}' is not.`)
    outputs[output.name] = value
  }
  return {kind: 'answer', answer: {kind: 'success', outputs}} as const
}
