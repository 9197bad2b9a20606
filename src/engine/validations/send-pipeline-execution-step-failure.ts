// The request of SendPipelineExecutionStepFailure.

import {callbackToken, clientToken} from './members.ts'
import type {Shape} from './shape.ts'

export const sendPipelineExecutionStepFailureShape = {
  CallbackToken: {...callbackToken, required: true},
  FailureReason: {kind: 'string', max: 256},
  ClientRequestToken: clientToken,
} as const satisfies Shape
