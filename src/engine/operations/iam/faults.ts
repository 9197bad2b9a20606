// What IAM refuses, under its names and with its HTTP statuses ("Errors" of each operation).

import type {Fault, QueryFault} from '../reply.ts'

const statuses: Readonly<Record<QueryFault, number>> = {
  EntityAlreadyExists: 409,
  NoSuchEntity: 404,
  DeleteConflict: 409,
  LimitExceeded: 409,
  MalformedPolicyDocument: 400,
  UnmodifiableEntity: 400,
  ValidationError: 400,
  AccessDenied: 403,
}

export function refuseQuery(type: QueryFault, message: string): {kind: 'fault'; fault: Fault} {
  return {kind: 'fault', fault: {type, message, status: statuses[type]}}
}
