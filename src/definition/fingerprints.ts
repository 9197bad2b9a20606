// Fingerprints of data, as they stand in a definition. SageMaker compares the URI of an input, never the objects behind it, so
// a step whose data counts carries a digest of them in its Environment, which is in the cache key of Processing and Training
// (Developer Guide, "Caching pipeline steps"). The digest is a parameter: whoever starts an execution gives it.

import {createHash} from 'node:crypto'
import {flattenSteps} from './flat-steps.ts'
import {isJsonObject, type Json} from './json.ts'
import {objectsAt} from './json-members.ts'
import type {ParameterDefinition, PipelineDefinition, StepDefinition} from './types.ts'

/** The default of every fingerprint: an execution that nobody gave one was started without a look at the data. */
export const unseenFingerprint = 'unseen'

const parameterMaximum = 64
const hashLength = 8

/** What an EventBridge rule takes as the name of a parameter it sends. Source: EventBridge API, SageMakerPipelineParameter. */
const rulePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/

/**
 * `fingerprint-<step>-<input>`, such that triggers of every kind can send it: without underscores. Where that or the length
 * changes the name, a hash keeps it apart from others.
 */
export function fingerprintParameter(stepName: string, inputName: string): string {
  const wanted = `fingerprint-${stepName}-${inputName}`
  if (rulePattern.test(wanted) && wanted.length <= parameterMaximum) return wanted
  const legal = wanted.replace(/[^A-Za-z0-9-]/g, '-')
  const hash = createHash('sha256').update(`${stepName}\n${inputName}`).digest('hex').slice(0, hashLength)
  return `${legal.slice(0, parameterMaximum - hashLength - 1)}-${hash}`
}

/** The environment variable that carries it; jobs may read it. */
export function fingerprintVariable(inputName: string): string {
  return `MLPIPE_FINGERPRINT_${inputName.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`
}

export type FingerprintedInput = {
  readonly step: string
  readonly input: string
  readonly parameter: string
  readonly variable: string
  /** As the definition has it: a URI, or what becomes one with the values of parameters. */
  readonly uri: Json
}

/** The inputs of a definition that carry a fingerprint, in document order: by their names, so that a stored definition tells it too. */
export function fingerprintedInputs(definition: Pick<PipelineDefinition, 'Steps'>): FingerprintedInput[] {
  return flattenSteps(definition).flatMap(({step}) => {
    const environment = step.Arguments.Environment
    if (!isJsonObject(environment)) return []
    return s3Inputs(step).flatMap(({input, uri}) => {
      const parameter = fingerprintParameter(step.Name, input)
      const variable = fingerprintVariable(input)
      const value = environment[variable]
      const isCarried = isJsonObject(value) && value.Get === `Parameters.${parameter}`
      return isCarried ? [{step: step.Name, input, parameter, variable, uri}] : []
    })
  })
}

/** The parameters that stand for something else than the state of data. */
export function ownParameters(definition: PipelineDefinition): ParameterDefinition[] {
  const fingerprints = new Set(fingerprintedInputs(definition).map(({parameter}) => parameter))
  return definition.Parameters.filter(({Name}) => !fingerprints.has(Name))
}

type S3Input = {readonly input: string; readonly uri: Json}

function s3Inputs({Type: type, Arguments: args}: StepDefinition): S3Input[] {
  if (type === 'Processing') {
    return objectsAt(args, 'ProcessingInputs').flatMap((one) => named(one.InputName, member(one.S3Input, 'S3Uri')))
  }
  if (type !== 'Training') return []
  return objectsAt(args, 'InputDataConfig').flatMap((one) =>
    named(one.ChannelName, member(member(one.DataSource, 'S3DataSource'), 'S3Uri')),
  )
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined
}

function named(name: Json | undefined, uri: Json | undefined): S3Input[] {
  return typeof name === 'string' && uri !== undefined ? [{input: name, uri}] : []
}
