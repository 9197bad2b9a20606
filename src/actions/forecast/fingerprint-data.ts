// Looks at the data whose content counts: lists the objects under each such input, and digests them for the run's parameters.

import {constantVariable} from '../../cache/past-execution.ts'
import type {Cloud, NameValue} from '../../cloud/ports.ts'
import {evaluate, type Resolver} from '../../definition/evaluate.ts'
import {type FingerprintedInput, fingerprintedInputs} from '../../definition/fingerprints.ts'
import {collectReferences, formatReference} from '../../definition/references.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {type DataListing, digestOf, listingText} from './data-listing.ts'
import {typedParameters} from './run-history.ts'

/** The data of an input as it is now; `text` is what the digest was taken of. */
export type SeenData = Omit<FingerprintedInput, 'uri'> & {
  readonly listing: DataListing
  readonly text: string
  readonly digest: string
}

export type LookInput = {
  readonly definition: PipelineDefinition
  readonly pipeline: {readonly arn: string; readonly name: string}
  readonly given: readonly NameValue[]
  /** The only steps that run; all of them when absent. */
  readonly steps?: readonly string[] | undefined
}

/** Looks at every fingerprinted input of the steps that run; not at those whose fingerprint was given. */
export async function lookAtData(input: LookInput, cloud: Cloud): Promise<SeenData[]> {
  const given = new Set(input.given.map(({name}) => name))
  const wanted = fingerprintedInputs(input.definition).filter(
    ({step, parameter}) => !given.has(parameter) && (input.steps?.includes(step) ?? true),
  )
  const resolver = parameterResolver(input)
  const looked = new Map<string, Look>()
  const seen: SeenData[] = []
  for (const one of wanted) {
    const uri = resolvedUri(one, resolver)
    const look = looked.get(uri) ?? (await listData(one, uri, cloud))
    looked.set(uri, look)
    const {step, input: name, parameter, variable} = one
    seen.push({step, input: name, parameter, variable, ...look})
  }
  return seen
}

/** The parameters to start with: those given, and the fingerprints. */
export function withFingerprints(given: readonly NameValue[], seen: readonly SeenData[]): NameValue[] {
  return [...given, ...seen.map(({parameter, digest}) => ({name: parameter, value: digest}))]
}

type Look = Pick<SeenData, 'listing' | 'text' | 'digest'>

async function listData(input: FingerprintedInput, uri: string, cloud: Cloud): Promise<Look> {
  const found = await cloud.objects.list(uri)
  // A key with a slash at its end is a folder that a console has drawn; jobs do not get it.
  const objects = found.filter(({key}) => !key.endsWith('/'))
  if (objects.length === 0) throw nothingThere(input, uri)
  const listing = {uri, objects}
  const text = listingText(listing)
  return {listing, text, digest: digestOf(text)}
}

function parameterResolver({definition, given, pipeline}: LookInput): Resolver {
  const parameters = typedParameters(definition, given)
  return (reference) => {
    const unknown = {kind: 'unknown', reason: formatReference(reference)} as const
    if (reference.kind === 'parameter') {
      const value = parameters.get(reference.name)
      return value === undefined ? unknown : {kind: 'known', value}
    }
    if (reference.kind !== 'execution') return unknown
    return constantVariable(reference.variable, {arn: pipeline.arn, pipelineName: pipeline.name}) ?? unknown
  }
}

function resolvedUri({step, input, uri}: FingerprintedInput, resolver: Resolver): string {
  const evaluated = evaluate(uri, resolver)
  if (evaluated.kind === 'unknown') {
    const message = `input "${input}" of step "${step}" has a fingerprint, but where its data lies only the run can tell: ${evaluated.reasons.join(', ')}`
    throw new MlpipeError({code: 'data-unknown', message, exit: 65})
  }
  const text = String(evaluated.value)
  if (/^s3:\/\/[^/]+/.test(text)) return text
  const message = `input "${input}" of step "${step}" has a fingerprint, but "${text}" is not an S3 URI, such as s3://bucket/prefix`
  throw new MlpipeError({code: 'bad-s3-uri', message})
}

function nothingThere({step, input, uri: source}: FingerprintedInput, uri: string): MlpipeError {
  const parameters = collectReferences(source).flatMap((one) => (one.kind === 'parameter' ? [one.name] : []))
  return new MlpipeError({
    code: 'data-missing',
    message: `there are no objects under ${uri}, the data of input "${input}" of step "${step}"`,
    exit: 65,
    nextSteps: parameters.map((name) => `--param ${name}=… says where it lies`),
  })
}
