// What a deployed pipeline has beside its definition: role, description, parallelism, tags. What the spec does not say
// stays as it is, for the service has no way to take it away.

import type {Cloud, Pipeline, Tag} from '../cloud/ports.ts'
import type {JsonObject} from '../definition/json.ts'
import {type Difference, jsonDifferences} from '../definition/json-difference.ts'
import type {Project} from './open-project.ts'

/** Paths in the words of UpdatePipeline: `RoleArn`, `Tags.team`. Asks for the tags only when the spec has some. */
export async function settingDifferences(pipeline: Pipeline, project: Project, cloud: Cloud): Promise<Difference[]> {
  const {spec, compiled, target} = project
  const wanted = {roleArn: target.role, description: spec.description?.value ?? '', parallelism: compiled.parallelism}
  const isTagged = Object.keys(compiled.tags).length > 0
  const present = isTagged ? tagMap(await cloud.pipelines.tags(pipeline.arn)) : {}
  const kept = Object.entries(present).filter(([key]) => Object.hasOwn(compiled.tags, key))
  return jsonDifferences(
    settings({...pipeline, parallelism: wanted.parallelism && pipeline.parallelism}, Object.fromEntries(kept)),
    settings(wanted, compiled.tags),
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

function tagMap(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({key, value}) => [key, value]))
}
