// What CloudWatch refuses, under its names and with its HTTP statuses ("Errors" of each operation).

import type {Fault, MonitoringFault} from '../reply.ts'

export function refuseAlarm(type: MonitoringFault, message: string): {kind: 'fault'; fault: Fault} {
  const isMissing = type === 'ResourceNotFound' || type === 'ResourceNotFoundException'
  return {kind: 'fault', fault: {type, message, status: isMissing ? 404 : 400}}
}
