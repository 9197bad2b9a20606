// What a deployed pipeline has beside its definition: role, description, parallelism, tags. What the spec does not say
// stays as it is, for the service has no way to take it away.

import type {Pipeline, Tag} from '../cloud/ports.ts'
import type {JsonObject} from '../definition/json.ts'
import {type Difference, jsonDifferences} from '../definition/json-difference.ts'
import type {Project} from './open-project.ts'

export type PipelineSettings = Pick<Pipeline, 'roleArn' | 'description' | 'parallelism'> & {
  /** As the spec has them. */
  readonly tags: Readonly<Record<string, string>>
}

export function wantedSettings({spec, compiled, target}: Project): PipelineSettings {
  const description = spec.description?.value
  const {parallelism, tags} = compiled
  return {
    roleArn: target.role,
    ...(description === undefined ? {} : {description}),
    ...(parallelism === undefined ? {} : {parallelism}),
    tags,
  }
}

/** Paths in the words of UpdatePipeline: `RoleArn`, `Tags.team`. `tags` are those of the deployed pipeline. */
export function settingDifferences(pipeline: Pipeline, tags: readonly Tag[], wanted: PipelineSettings): Difference[] {
  const kept = tags.filter(({key}) => Object.hasOwn(wanted.tags, key)).map(({key, value}) => [key, value] as const)
  return jsonDifferences(
    settings({...pipeline, parallelism: wanted.parallelism && pipeline.parallelism}, Object.fromEntries(kept)),
    settings(wanted, wanted.tags),
  )
}

type Settings = {readonly [Key in 'roleArn' | 'description' | 'parallelism']?: Pipeline[Key] | undefined}

function settings({roleArn = '', description = '', parallelism}: Settings, tags: JsonObject): JsonObject {
  return {
    RoleArn: roleArn,
    ...(description === '' ? {} : {PipelineDescription: description}),
    ...(parallelism === undefined ? {} : {ParallelismConfiguration: {MaxParallelExecutionSteps: parallelism}}),
    Tags: tags,
  }
}
