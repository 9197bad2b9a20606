// The name of what a resource step makes: as the request gives it, else one that the pipeline service makes up.

import type {JsonObject} from '../../../definition/json.ts'
import {executionIdOf} from '../../store/arns.ts'
import {resourceName} from '../resource-names.ts'

export function nameOrMade(request: JsonObject, member: string, stepName: string, executionArn: string): string {
  const given = request[member]
  return typeof given === 'string' && given !== '' ? given : resourceName(executionIdOf(executionArn), stepName)
}

/** How the pipeline service passes on the refusal of another operation. */
export function refused(operation: string, why: string): string {
  return `ClientError: Failed to invoke sagemaker:${operation}. Error Details: ${why}`
}
