// callback → Callback: the inputs are the message's arguments, the queue and the outputs stand beside the Arguments.

import type {StepOf} from '../../spec/pipeline-spec.ts'
import {compileText} from '../compile-value.ts'
import type {StepCompiler} from '../context.ts'
import {cacheConfig} from '../job-parts.ts'
import {freeInputs, outputParameter, outputParameterPlaces, outputParameters} from '../output-parameters.ts'
import {memberPlaces} from '../place.ts'

export const callbackCompiler: StepCompiler<StepOf<'callback'>> = {
  type: 'Callback',
  propertyNames: ['outputs'],

  compile(step, scope) {
    const cache = cacheConfig(step.cache)
    return {
      Arguments: freeInputs(step.inputs, scope),
      ...(cache ? {CacheConfig: cache} : {}),
      members: {
        SqsQueueUrl: step.queue ? compileText(step.queue, scope) : '',
        OutputParameters: outputParameters(step),
      },
    }
  },

  property: outputParameter,

  places: (step) => [
    ...memberPlaces('', step.inputs),
    ['CacheConfig', step.cache?.range],
    ['SqsQueueUrl', step.queue?.range],
    ['OutputParameters', step.keyRanges.get('outputs')],
    ...outputParameterPlaces(step),
  ],
}
