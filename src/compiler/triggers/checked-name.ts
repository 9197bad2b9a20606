// Names of SageMaker's resources that a trigger waits for.

import {entityNamePattern, entityNameRule} from '../../definition/names.ts'
import type {Located} from '../../spec/value.ts'
import type {Findings} from './trigger-scope.ts'

/** The name of a model package group or a monitoring schedule; undefined when it is wrong, which is then reported. */
export function checkedName(what: string, name: Located<string> | undefined, {findings}: Findings): string | undefined {
  if (!name) return undefined
  if (entityNamePattern.test(name.value)) return name.value
  const own = /^arn:.*\/([^/]+)$/.exec(name.value)?.[1]
  findings.error('invalid-name', name.range, `"${name.value}" cannot name a ${what}`, {
    help: own === undefined ? entityNameRule : `its name is wanted: ${own}`,
  })
  return undefined
}
