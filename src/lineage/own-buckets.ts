// The buckets in which a pipeline keeps its own code, data and results, as its definition names them.

import {isJsonObject, type Json} from '../definition/json.ts'
import type {PipelineDefinition} from '../definition/types.ts'
import {parseS3Uri} from '../text/s3-uri.ts'

/** Buckets of places below the pipeline's name: `s3://<bucket>/<pipeline>/…`, whole or joined of parts; the most used first. */
export function ownBuckets(definition: PipelineDefinition, pipelineName: string): string[] {
  const counts = new Map<string, number>()
  const count = (bucket: string) => counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      const {bucket, key = ''} = parseS3Uri(value.replace(/^"|"$/g, '')) ?? {}
      if (bucket !== undefined && key.startsWith(`${pipelineName}/`)) count(bucket)
    } else if (Array.isArray(value)) {
      const [scheme, bucket, pipeline] = value as readonly Json[]
      if (scheme === 's3:/' && typeof bucket === 'string' && pipeline === pipelineName) count(bucket)
      for (const element of value) visit(element)
    } else if (isJsonObject(value)) for (const member of Object.values(value)) visit(member)
  }
  visit(definition.Steps as unknown as Json)
  return [...counts].sort(([, a], [, b]) => b - a).map(([bucket]) => bucket)
}
