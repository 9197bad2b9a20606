// Tags of what SageMaker has, by its ARN.

import {
  AddTagsCommand,
  ListTagsCommand,
  type SageMakerClient,
  type Tag as SageMakerTag,
} from '@aws-sdk/client-sagemaker'
import {call} from '../call.ts'
import {allPages} from '../fields.ts'
import type {Tag} from '../ports.ts'

export type TagsPart = {
  tags(arn: string): Promise<Tag[]>
  tag(arn: string, tags: readonly Tag[]): Promise<void>
}

export function tagsPart(client: SageMakerClient): TagsPart {
  return {
    async tags(arn) {
      const tags = await allPages(
        (NextToken) => call('ListTags', client.send(new ListTagsCommand({ResourceArn: arn, NextToken}))),
        (page) => page.Tags,
        (page) => page.NextToken,
      )
      return tags.map(({Key = '', Value = ''}) => ({key: Key, value: Value}))
    },
    async tag(arn, tags) {
      await call('AddTags', client.send(new AddTagsCommand({ResourceArn: arn, Tags: toTags(tags)})))
    },
  }
}

export function toTags(tags: readonly Tag[]): SageMakerTag[] {
  return tags.map(({key, value}) => ({Key: key, Value: value}))
}
