// Pipelines through the AWS SDK.

import {
  CreatePipelineCommand,
  DeletePipelineCommand,
  DescribePipelineCommand,
  type SageMakerClient,
  UpdatePipelineCommand,
} from '@aws-sdk/client-sagemaker'
import {call, isGone, orUndefined} from '../call.ts'
import {defined, toMs} from '../fields.ts'
import {parseObjectUri} from '../object-uri.ts'
import type {PipelinesPort, PipelineUpload} from '../ports.ts'
import {isNotFound, wasRepeated} from '../service-error.ts'
import {tagsPart, toTags} from './tags.ts'

export function pipelinesPort(client: SageMakerClient): PipelinesPort {
  return {
    async describe(name) {
      const found = await orUndefined(
        call('DescribePipeline', client.send(new DescribePipelineCommand({PipelineName: name}))),
        isGone,
      )
      if (!found) return undefined
      return defined({
        arn: found.PipelineArn ?? '',
        name: found.PipelineName ?? name,
        definition: found.PipelineDefinition ?? '',
        description: found.PipelineDescription,
        roleArn: found.RoleArn ?? '',
        parallelism: found.ParallelismConfiguration?.MaxParallelExecutionSteps,
        createdAtMs: toMs(found.CreationTime),
        modifiedAtMs: toMs(found.LastModifiedTime),
      })
    },
    async create(upload, tags) {
      const Tags = toTags(tags)
      const command = new CreatePipelineCommand({...pipelineInput(upload), ClientRequestToken: undefined, Tags})
      const created = await call('CreatePipeline', client.send(command))
      return {arn: created.PipelineArn ?? ''}
    },
    async update(upload) {
      const updated = await call('UpdatePipeline', client.send(new UpdatePipelineCommand(pipelineInput(upload))))
      return defined({arn: updated.PipelineArn ?? '', versionId: updated.PipelineVersionId})
    },
    ...tagsPart(client),
    async delete(name) {
      const command = new DeletePipelineCommand({PipelineName: name, ClientRequestToken: undefined})
      try {
        await call('DeletePipeline', client.send(command))
      } catch (error) {
        // The answer to the first request was lost, and the second one finds nothing to delete.
        if (!isNotFound(error) || !wasRepeated(error)) throw error
      }
    },
  }
}

function pipelineInput(upload: PipelineUpload) {
  return {
    PipelineName: upload.name,
    ...definitionOf(upload),
    PipelineDescription: upload.description,
    RoleArn: upload.roleArn,
    ...(upload.parallelism === undefined
      ? {}
      : {ParallelismConfiguration: {MaxParallelExecutionSteps: upload.parallelism}}),
  }
}

function definitionOf({definition, definitionUri}: PipelineUpload) {
  if (definitionUri === undefined) return {PipelineDefinition: definition}
  const {bucket: Bucket, key: ObjectKey} = parseObjectUri(definitionUri)
  return {PipelineDefinitionS3Location: {Bucket, ObjectKey}}
}
