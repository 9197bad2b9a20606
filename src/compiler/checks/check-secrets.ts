// Secrets that would lie open: DescribePipeline gives the definition to everybody who may call it.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {formatTrail, type TrailStep} from '../../definition/request-shapes/trail.ts'
import type {ParameterDefinition, StepDefinition} from '../../definition/types.ts'

/** `path` is below the Arguments. */
export type PlainSecret = {readonly name: string; readonly path: string}

/** Environment variables of the step that are named like a secret and hold a text. */
export function plainSecrets(step: StepDefinition): PlainSecret[] {
  const found: PlainSecret[] = []
  search(step.Arguments, [], found)
  return found
}

export function isPlainSecret({Name, DefaultValue}: ParameterDefinition): boolean {
  return isSecret(Name, DefaultValue ?? null)
}

function search(value: Json, trail: TrailStep[], found: PlainSecret[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      trail.push({list: value, index})
      search(item, trail, found)
      trail.pop()
    }
    return
  }
  if (!isJsonObject(value)) return
  for (const [member, inner] of Object.entries(value)) {
    if (typeof inner !== 'object') continue
    trail.push(member)
    if (member === 'Environment' && isJsonObject(inner)) found.push(...secretsIn(inner, trail))
    else search(inner, trail, found)
    trail.pop()
  }
}

function secretsIn(environment: JsonObject, trail: readonly TrailStep[]): PlainSecret[] {
  return Object.entries(environment)
    .filter(([name, value]) => isSecret(name, value))
    .map(([name]) => ({name, path: formatTrail([...trail, name])}))
}

const secretWords =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|PRIVATE_KEY|ACCESS_KEY)(?:$|_)/
/** Where a secret lies is none: the ARN or name of one in Secrets Manager, a file. */
const placeWords = /_(?:ARN|NAME|ID|URI|URL|PATH|FILE|TYPE|LENGTH|COUNT|LIMIT)$/

/** Numbers and switches are settings (`MAX_TOKEN: 512`), unless the name says password. */
function isSecret(name: string, value: Json): boolean {
  if (typeof value !== 'string' || value === '' || value.startsWith('arn:')) return false
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
  if (!secretWords.test(upper) || placeWords.test(upper)) return false
  return !/^(?:-?[\d.]+|true|false)$/i.test(value) || upper.includes('PASSW')
}
