// CreatePipeline.

import {resourceArn} from '../store/arns.ts'
import {findPipeline, insertPipeline} from '../store/pipelines.ts'
import {putTags} from '../store/tags.ts'
import type {createPipelineShape} from '../validations/create-pipeline.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {readDefinition} from './definition-source.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function createPipeline(input: InputOf<typeof createPipelineShape>, context: OperationContext): Reply {
  const source = readDefinition(input, context.objects)
  if (source.kind === 'fault') return source
  if (source.kind === 'none') {
    return invalid('Either Pipeline Definition or Pipeline Definition S3 location should be provided')
  }

  const {db} = context
  const arn = resourceArn('pipeline', input.PipelineName)
  return db.transaction(() => {
    const existing = findPipeline(db, arn)
    if (existing?.token === input.ClientRequestToken) return ok({PipelineArn: arn})
    if (existing) return invalid(nameTaken(input.PipelineName))

    const now = context.now()
    const row = {
      arn,
      name: input.PipelineName,
      displayName: input.PipelineDisplayName ?? null,
      description: input.PipelineDescription ?? null,
      roleArn: input.RoleArn,
      parallelism: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? null,
      createdAtMs: now,
      modifiedAtMs: now,
      lastRunAtMs: null,
      token: input.ClientRequestToken,
    }
    insertPipeline(db, row, source.text)
    putTags(db, arn, input.Tags ?? [])
    return ok({PipelineArn: arn})
  })
}

/** The SDK's upsert looks for "already exists" in this sentence. */
function nameTaken(name: string): string {
  return `Pipeline names must be unique within an AWS account and region. Pipeline with name (${name}) already exists.`
}
