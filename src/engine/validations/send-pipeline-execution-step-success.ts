// The request of SendPipelineExecutionStepSuccess.

import {callbackToken, clientToken} from './members.ts'
import type {Shape} from './shape.ts'

export const sendPipelineExecutionStepSuccessShape = {
  CallbackToken: {...callbackToken, required: true},
  OutputParameters: {
    kind: 'list',
    max: 50,
    of: {
      kind: 'structure',
      members: {
        Name: {kind: 'string', required: true, max: 256},
        Value: {kind: 'string', required: true, max: 1024},
      },
    },
  },
  ClientRequestToken: clientToken,
} as const satisfies Shape
