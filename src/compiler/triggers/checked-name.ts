// Names of SageMaker's resources that a trigger waits for.

import type {Located} from '../../spec/value.ts'
import type {Findings} from './trigger-scope.ts'

/** CreateModelPackageGroup, CreateMonitoringSchedule: 63 characters. */
const namePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/

/** The name of a model package group or a monitoring schedule; undefined when it is wrong, which is then reported. */
export function checkedName(what: string, name: Located<string> | undefined, {findings}: Findings): string | undefined {
  if (!name) return undefined
  if (namePattern.test(name.value)) return name.value
  const own = /^arn:.*\/([^/]+)$/.exec(name.value)?.[1]
  findings.error('invalid-name', name.range, `"${name.value}" cannot name a ${what}`, {
    help: own === undefined ? 'letters, digits and -, 63 characters at most' : `its name is wanted: ${own}`,
  })
  return undefined
}
