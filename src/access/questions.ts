// Grants as questions to IAM's policy simulator, which takes no patterns: an example stands for each `*` in a resource.

import {type Condition, type Grant, toStatements} from './grants.ts'

export type Question = {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly context?: Readonly<Record<string, string>>
}

const example = 'mlpipe-example'

/** Together they ask for everything that the grants allow. */
export function questionsOf(grants: readonly Grant[]): Question[] {
  return toStatements(grants).flatMap(({Action: actions, Resource, Condition: condition}) => {
    const resources = Resource.filter((one) => !isOtherSpelling(one, Resource)).map(exampleOf)
    return contexts(condition).map((context) => ({actions, resources, ...(context ? {context} : {})}))
  })
}

/** SageMaker writes names in small letters: who allows only those lacks nothing. */
function isOtherSpelling(resource: string, all: readonly string[]): boolean {
  const small = resource.toLowerCase()
  return resource !== small && all.includes(small)
}

function exampleOf(resource: string): string {
  return resource === '*' ? resource : resource.replaceAll('*', example)
}

/** One for each value of a condition; conditions of ours have one key. */
function contexts(condition: Condition | undefined): (Readonly<Record<string, string>> | undefined)[] {
  const pairs = Object.values(condition ?? {}).flatMap((keys) => Object.entries(keys))
  if (pairs.length === 0) return [undefined]
  return pairs.flatMap(([key, values]) => values.map((value) => ({[key]: value.replaceAll('*', example)})))
}
