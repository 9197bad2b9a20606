// One variant of a deployment that is rolled out: is there something in its model that runs here, and does it load?

import type {JsonObject} from '../../definition/json.ts'
import {findModel} from '../runners/hosting/hosted-model.ts'
import {JobFault} from '../runners/job-fault.ts'
import type {JobObjects} from '../runners/job-types.ts'
import type {DeployedVariant} from '../store/serving.ts'
import type {ModelServer} from './model-server.ts'

export type LoadedVariant =
  | {readonly kind: 'loaded'; readonly variant: DeployedVariant}
  | {readonly kind: 'failed'; readonly why: string}

/** `serverOf` gives the server of a variant whose model has been found. */
export async function loadVariant(
  variant: DeployedVariant,
  objects: JobObjects,
  serverOf: (variant: DeployedVariant) => ModelServer,
): Promise<LoadedVariant> {
  if (!variant.request) return simulated(variant, noModel)
  try {
    return await loadModel(variant, variant.request, objects, serverOf)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {kind: 'failed', why: error instanceof JobFault ? why.replace(/^ClientError: /, '') : why}
  }
}

async function loadModel(
  variant: DeployedVariant,
  request: JsonObject,
  objects: JobObjects,
  serverOf: (variant: DeployedVariant) => ModelServer,
): Promise<LoadedVariant> {
  const found = await findModel(request, objects)
  if (found.kind === 'unrunnable') return simulated(variant, found.why)

  const withModel = {...variant, model: found.model}
  const loaded = await serverOf(withModel).load()
  if (loaded.kind === 'loaded') return {kind: 'loaded', variant: withModel}
  return {kind: 'failed', why: `${notHealthy(variant.name)} ${loaded.why}`}
}

/** The service's own sentence, before the reason that it leaves to the log. */
function notHealthy(variantName: string): string {
  return (
    `The primary container for production variant ${variantName} did not pass the ping health check. ` +
    'Please check CloudWatch logs for this endpoint.'
  )
}

const noModel = 'the variant has no model of its own, and inference components are recorded here, not served'

function simulated(variant: DeployedVariant, why: string): LoadedVariant {
  return {kind: 'loaded', variant: {...variant, simulated: why}}
}
