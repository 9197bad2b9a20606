// What an operation answers: its output, or one of AWS's faults. Faults are values; only `wire` renders them.

import type {JsonObject} from '../../definition/json.ts'

/** The names of STS and IAM. */
export type QueryFault =
  | 'EntityAlreadyExists'
  | 'NoSuchEntity'
  | 'DeleteConflict'
  | 'LimitExceeded'
  | 'MalformedPolicyDocument'
  | 'UnmodifiableEntity'
  | 'ValidationError'
  | 'AccessDenied'

/** The names of CloudWatch, as its query protocol has them. */
export type MonitoringFault =
  | 'ValidationError'
  | 'LimitExceeded'
  | 'ResourceNotFound'
  | 'ResourceNotFoundException'
  | 'InvalidFormat'
  | 'InvalidNextToken'
  | 'InvalidParameterValue'
  | 'InvalidParameterCombination'
  | 'MissingParameter'

/** Names that EventBridge and EventBridge Scheduler have besides those of all services. */
export type EventsFault = 'InvalidEventPatternException' | 'LimitExceededException' | 'ServiceQuotaExceededException'

export type Fault = {
  /** AWS's error name, as clients see it. */
  readonly type:
    | 'ValidationException'
    | 'SerializationException'
    | 'UnknownOperationException'
    | 'ResourceNotFound'
    | 'ResourceNotFoundException'
    | 'ResourceInUse'
    | 'ConflictException'
    | 'InvalidParameterException'
    | EventsFault
    | 'InternalFailure'
    | QueryFault
    | MonitoringFault
  readonly message: string
  readonly status: number
}

export type Reply<Output extends JsonObject = JsonObject> =
  | {readonly kind: 'output'; readonly output: Output}
  | {readonly kind: 'fault'; readonly fault: Fault}

export function ok<Output extends JsonObject>(output: Output): Reply<Output> {
  return {kind: 'output', output}
}

export function refuse(type: Fault['type'], message: string): {kind: 'fault'; fault: Fault} {
  return {kind: 'fault', fault: {type, message, status: type === 'InternalFailure' ? 500 : 400}}
}

/** SageMaker's not-found error has no "Exception" in its name. */
export function resourceNotFound(message: string): {kind: 'fault'; fault: Fault} {
  return refuse('ResourceNotFound', message)
}

export function invalid(message: string): {kind: 'fault'; fault: Fault} {
  return refuse('ValidationException', message)
}

export function validationFault(message: string): Fault {
  return {type: 'ValidationException', message, status: 400}
}

export function serializationFault(message: string): Fault {
  return {type: 'SerializationException', message, status: 400}
}
