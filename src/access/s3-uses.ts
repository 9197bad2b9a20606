// Where in S3 a step reads and writes, by the URIs in its request, also those within an argument or a hyperparameter.

import type {StepDefinition} from '../definition/types.ts'
import {writtenMembers} from '../definition/written-members.ts'
import {type FoundText, isWhole, type Known, knownPattern, textsIn, unknownMark} from './known-text.ts'
import {membersOf} from './subject.ts'

export type S3Use = {
  readonly mode: 'read' | 'write'
  readonly bucket: string
  /** The key as a policy matches it, `*` included; what begins like an input is read too, as SageMaker takes a prefix. */
  readonly keys: string
}

export type S3Uses = {
  readonly uses: readonly S3Use[]
  /** Parameters without a default that stand for a place in S3. */
  readonly unknownParameters: readonly string[]
}

const places = new Set(['DestinationS3Uri', 'ModelDataUrl', 'S3OutputPath', 'S3Uri', 'SourceUri'])

/** Steps whose S3 is reached by other roles (EMR, Lambda), or that only speak of it. */
const strangers = new Set(['Callback', 'EMR', 'EMRServerless', 'Fail', 'Lambda', 'Lineage'])

const address = new RegExp(`s3://([\\w.${unknownMark}-]+)(?:/([^\\s"',]*))?`, 'g')

export function s3Uses(step: StepDefinition, known: Known): S3Uses {
  const texts = requestTexts(step, known)
  const unknownParameters = texts.flatMap(({text, parameter, path}) =>
    text === unknownMark && parameter !== undefined && places.has(path.at(-1) ?? '') ? [parameter] : [],
  )
  return {uses: texts.flatMap(usesOf), unknownParameters}
}

function requestTexts(step: StepDefinition, known: Known): FoundText[] {
  if (strangers.has(step.Type) || step.Type.startsWith('Bedrock')) return []
  if (step.Type === 'Condition') return textsIn(step.Arguments.Conditions, known, ['Conditions'])
  return [...textsIn(step.Arguments, known), ...baselineTexts(step, known)]
}

/** The baselines that a check is given stand beside its Arguments. */
function baselineTexts(step: StepDefinition, known: Known): FoundText[] {
  const names = ['SuppliedBaselineStatistics', 'SuppliedBaselineConstraints']
  return names.flatMap((name) => textsIn(membersOf(step)[name], known, [name]))
}

function usesOf({text, path}: FoundText): S3Use[] {
  const mode = path.some((name) => writtenMembers.has(name)) ? 'write' : 'read'
  return [...text.matchAll(address)].flatMap(([, bucket = '', key = '']): S3Use[] => {
    if (isWhole(bucket)) return [{mode, bucket, keys: keyPattern(key, mode)}]
    const pattern = knownPattern(bucket)
    return pattern === '*' ? [] : [{mode, bucket: pattern, keys: '*'}]
  })
}

function keyPattern(key: string, mode: S3Use['mode']): string {
  const pattern = knownPattern(key)
  if (pattern.endsWith('*')) return pattern
  if (mode === 'read') return `${pattern}*`
  return pattern === '' || pattern.endsWith('/') ? `${pattern}*` : `${pattern}/*`
}
