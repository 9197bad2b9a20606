// The definition of a create or update request: its text, or the text of the S3 object it names.

import type {ObjectStore} from '../store/objects.ts'
import {findDefinitionFault} from './check-definition.ts'
import {type Fault, invalid} from './reply.ts'

type DefinitionInput = {
  readonly PipelineDefinition?: string
  readonly PipelineDefinitionS3Location?: {readonly Bucket: string; readonly ObjectKey: string}
}

export type DefinitionSource =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'none'}
  | {readonly kind: 'fault'; readonly fault: Fault}

/** The checked text of the definition; `none` when the request has no definition. */
export function readDefinition(input: DefinitionInput, objects: ObjectStore): DefinitionSource {
  const {PipelineDefinition: inline, PipelineDefinitionS3Location: location} = input
  if (inline !== undefined && location !== undefined) {
    return invalid('Only one of Pipeline Definition or Pipeline Definition S3 location should be provided')
  }
  if (inline === undefined && location === undefined) return {kind: 'none'}

  const text = inline ?? (location ? objects.readText(location.Bucket, location.ObjectKey) : undefined)
  if (text === undefined) return invalid('Unable to read the pipeline definition: no such S3 object.')
  const fault = findDefinitionFault(text)
  return fault === undefined ? {kind: 'text', text} : invalid(fault)
}
