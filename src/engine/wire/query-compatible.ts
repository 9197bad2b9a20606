// The errors of a service that moved from the query protocol to JSON (Smithy, "awsQueryCompatible trait"): the body has the
// name that the error has in the model, and a header the code that programs written for the old protocol look for.

import type {Fault} from '../operations/reply.ts'

/** Errors of CloudWatch that are called otherwise in the model than on the query protocol. */
const modelNames: Partial<Readonly<Record<Fault['type'], string>>> = {
  ValidationError: 'ValidationException',
  LimitExceeded: 'LimitExceededFault',
  InvalidFormat: 'InvalidFormatFault',
  InvalidParameterValue: 'InvalidParameterValueException',
  InvalidParameterCombination: 'InvalidParameterCombinationException',
  MissingParameter: 'MissingRequiredParameterException',
}

export function inJsonWords({type, status}: Fault): {type: string; headers: Readonly<Record<string, string>>} {
  // The older protocol has a name of its own for what the table of an operation refuses ("Common error types").
  const code = type === 'ValidationException' ? 'ValidationError' : type
  const name = modelNames[type] ?? type
  return {type: name, headers: {'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`}}
}
