// Where a deployed variant has its files: a directory of its own, laid out as the container sees /opt/ml, from which its process can be
// started again at any time, in any process of the engine.

import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {JsonObject} from '../../definition/json.ts'
import {type HostedModel, plainModel, unpackModel} from '../runners/hosting/hosted-model.ts'
import {copyInput} from '../runners/inputs.ts'
import type {JobObjects} from '../runners/job-types.ts'

/** In the directory once everything is there. */
const completeMark = 'complete'

export function deploymentDirectory(stateDirectory: string, deploymentId: string): string {
  return join(stateDirectory, 'endpoints', deploymentId)
}

/** The variant's log; the name of its stream is `<variant>/<deployment>`, as on AWS it is `<variant>/<instance>`. */
export function variantLog(stateDirectory: string, endpointName: string, variantName: string, id: string): string {
  return join(endpointLogs(stateDirectory, endpointName), variantName, `${id}.log`)
}

export function endpointLogs(stateDirectory: string, endpointName: string): string {
  return join(stateDirectory, 'logs', 'Endpoint', endpointName)
}

/** Puts the model and its script in place, unless they are there already. */
export async function layOutVariant(
  directory: string,
  model: HostedModel,
  request: JsonObject,
  objects: JobObjects,
): Promise<void> {
  if (existsSync(join(directory, completeMark))) return
  rmSync(directory, {recursive: true, force: true})
  const mlDirectory = join(directory, 'ml')
  for (const name of ['tmp', 'model', 'code', 'output']) mkdirSync(join(mlDirectory, name), {recursive: true})
  mkdirSync(join(directory, 'opt'))
  for (const input of plainModel(request)) await copyInput(input, {mlDirectory, deps: {objects}}, () => false)
  await unpackModel(model, mlDirectory, objects)
  writeFileSync(join(directory, completeMark), '')
}
