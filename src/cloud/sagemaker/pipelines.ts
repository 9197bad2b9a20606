// Pipelines through the AWS SDK.

import {
  AddTagsCommand,
  CreatePipelineCommand,
  DeletePipelineCommand,
  DescribePipelineCommand,
  paginateListTags,
  type SageMakerClient,
  UpdatePipelineCommand,
} from '@aws-sdk/client-sagemaker'
import {defined, toMs} from '../fields.ts'
import {parseObjectUri} from '../object-uri.ts'
import type {PipelinesPort, PipelineUpload, Tag} from '../ports.ts'
import {call, isGone, orUndefined} from './call.ts'

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
      const Tags = tags.map(({key, value}) => ({Key: key, Value: value}))
      const command = new CreatePipelineCommand({...pipelineInput(upload), ClientRequestToken: undefined, Tags})
      const created = await call('CreatePipeline', client.send(command))
      return {arn: created.PipelineArn ?? ''}
    },
    async update(upload) {
      const updated = await call('UpdatePipeline', client.send(new UpdatePipelineCommand(pipelineInput(upload))))
      return defined({arn: updated.PipelineArn ?? '', versionId: updated.PipelineVersionId})
    },
    async tags(arn) {
      const pages = paginateListTags({client}, {ResourceArn: arn})
      const tags: Tag[] = []
      for await (const {Tags = []} of pages) {
        tags.push(...Tags.map(({Key = '', Value = ''}) => ({key: Key, value: Value})))
      }
      return tags
    },
    async tag(arn, tags) {
      const Tags = tags.map(({key, value}) => ({Key: key, Value: value}))
      await call('AddTags', client.send(new AddTagsCommand({ResourceArn: arn, Tags})))
    },
    async delete(name) {
      const command = new DeletePipelineCommand({PipelineName: name, ClientRequestToken: undefined})
      await call('DeletePipeline', client.send(command))
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
