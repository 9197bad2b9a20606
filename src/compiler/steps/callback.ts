// callback → Callback: the inputs are the message's arguments, the queue and the outputs stand beside the Arguments.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import type {StepCompiler} from '../context.ts'
import {calledBody, calledPlaces, outputParameter} from '../parts/called-steps.ts'
import {compileText} from '../values/compile-value.ts'

export const callbackCompiler: StepCompiler<StepOf<'callback'>> = {
  type: 'Callback',
  propertyNames: ['outputs.NAME'],

  compile: (step, scope) => calledBody(step, {SqsQueueUrl: step.queue ? compileText(step.queue, scope) : ''}, scope),

  property: outputParameter,

  places: (step) => [...calledPlaces(step), ['SqsQueueUrl', step.queue?.range]],
}
