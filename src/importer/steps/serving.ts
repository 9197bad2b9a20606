// What the lifts of model and register steps have in common: the containers that serve a model.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import type {LiftContext, SpecMap} from '../lift.ts'
import {liftText, liftWord, withResidue} from './job-parts.ts'

/** The keys of one container, and under `api:` what they do not say. */
export function liftContainer(container: JsonObject, context: LiftContext): SpecMap {
  const {Image, ModelDataUrl, ModelPackageName, ContainerHostname, Environment} = container
  const environment = objectAt(container, 'Environment')
  const code = ModelPackageName === undefined ? scriptOf(environment) : undefined
  const variables = Object.entries(environment).filter(([name]) => !code || !scriptVariables.includes(name))
  const hasVariables = isJsonObject(Environment) && (variables.length > 0 || !code)
  const short: SpecMap = {
    ...liftWord('name', ContainerHostname),
    ...liftText('package', ModelPackageName, context),
    ...liftText('image', Image, context),
    ...liftText('model', ModelDataUrl, context),
    ...(code ? {code} : {}),
    ...(hasVariables ? {env: Object.fromEntries(variables.map(([name, value]) => [name, context.text(value)]))} : {}),
  }
  const said = ['ContainerHostname', 'ModelPackageName', 'Image', 'ModelDataUrl', 'Environment']
  const compiled = Object.fromEntries(Object.entries(container).filter(([name]) => said.includes(name)))
  return withResidue(short, compiled, container, context)
}

const scriptVariables = ['SAGEMAKER_PROGRAM', 'SAGEMAKER_SUBMIT_DIRECTORY']

/** `code:` of the variables that name an inference script in S3. */
function scriptOf(environment: JsonObject): SpecMap | undefined {
  const entry = textAt(environment, 'SAGEMAKER_PROGRAM')
  const dir = textAt(environment, 'SAGEMAKER_SUBMIT_DIRECTORY')
  if (entry === undefined || !dir?.startsWith('s3://') || !dir.endsWith('.tar.gz')) return undefined
  return (entry + dir).includes('${') ? undefined : {dir, entry}
}

/** `containers:`. */
export function liftContainers(containers: readonly JsonObject[], context: LiftContext): SpecMap {
  return {containers: containers.map((container) => liftContainer(container, context))}
}

/** S3 URIs of files that lie in members of an object: `{statistics: Statistics}`. */
export function liftFiles(
  kind: Json | undefined,
  members: Readonly<Record<string, string>>,
  context: LiftContext,
): SpecMap {
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, member]) => {
      const uri = isJsonObject(kind) ? objectAt(kind, member).S3Uri : undefined
      return uri === undefined ? [] : [[key, context.text(uri)] as const]
    }),
  )
}
