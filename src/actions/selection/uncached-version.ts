// `--no-cache`: a run in which the cache is off for some steps. SageMaker has no such switch for one run, and CacheConfig is in
// no step's key, so a version of the pipeline with the cache off is made, started by its number, and the definition put back as
// the newest version at once. What the forced run makes is reused again later.

import type {Cloud, Pipeline} from '../../cloud/ports.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import {isJsonObject} from '../../definition/json.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {checkStepNames, namesOf} from './choose-steps.ts'

/** Stands for every step. */
const everyStep = 'all'

export type UncachedVersion = {
  readonly versionId: number | undefined
  readonly note: string
  /** Makes the definition as it was the newest version again. */
  restore(): Promise<void>
}

/** Undefined when nothing is to be forced, or the steps named are not cached anyway. `texts` are the values of the flag. */
export async function makeUncachedVersion(
  texts: readonly string[],
  pipeline: Pipeline,
  definition: PipelineDefinition,
  cloud: Cloud,
): Promise<UncachedVersion | undefined> {
  const steps = flattenSteps(definition).map(({step}) => step)
  const named = namesOf(texts)
  const wanted = named.includes(everyStep) ? steps.map(({Name}) => Name) : named
  checkStepNames(
    wanted,
    steps.map(({Name}) => Name),
  )
  const forced = steps.filter(({Name, CacheConfig}) => wanted.includes(Name) && CacheConfig?.Enabled === true)
  if (forced.length === 0) return undefined

  const names = new Set(forced.map(({Name}) => Name))
  const {name, roleArn, description, definition: before} = pipeline
  const upload = {name, roleArn, ...(description === undefined ? {} : {description})}
  const uncached = JSON.stringify(withoutCache(JSON.parse(before) as Json, names))
  const {versionId} = await cloud.pipelines.update({...upload, definition: uncached})
  return {
    versionId,
    note: `the cache is off for ${[...names].join(', ')} in this execution (version ${versionId ?? '?'} of the pipeline)`,
    restore: async () => {
      await cloud.pipelines.update({...upload, definition: before})
    },
  }
}

/** The definition with the cache of these steps switched off, wherever they stand; all else as it is. */
export function withoutCache(value: Json, names: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((each) => withoutCache(each, names))
  if (!isJsonObject(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, withoutCache(member, names)] as const)
  const copy: JsonObject = Object.fromEntries(members)
  const isForced = isJsonObject(value['CacheConfig']) && typeof value['Name'] === 'string' && names.has(value['Name'])
  return isForced ? {...copy, CacheConfig: {...(value['CacheConfig'] as JsonObject), Enabled: false}} : copy
}
