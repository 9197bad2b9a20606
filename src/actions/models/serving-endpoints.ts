// Which endpoints serve which registered models, at this moment.

import type {Cloud} from '../../cloud/ports.ts'
import {inParallel} from '../in-parallel.ts'
import {withinReach} from '../out-of-reach.ts'

/** Each costs three calls. */
const mostEndpoints = 20
const parallelReads = 4

/**
 * Names of endpoints by the ARN of the model package. Looked at are the newest whose name contains `part`; with an empty text,
 * the newest of all. Nothing where the caller may not look.
 */
export async function servingEndpoints(
  part: string,
  {endpoints}: Pick<Cloud, 'endpoints'>,
): Promise<Map<string, string[]>> {
  const serving = new Map<string, string[]>()
  const names = (await withinReach(() => endpoints.endpointsNamed(part, mostEndpoints))) ?? []
  await inParallel(names, parallelReads, async (name) => {
    const packages = (await withinReach(() => packagesBehind(name, {endpoints}))) ?? []
    for (const arn of packages) serving.set(arn, [...(serving.get(arn) ?? []), name].sort())
  })
  return serving
}

async function packagesBehind(name: string, {endpoints}: Pick<Cloud, 'endpoints'>): Promise<string[]> {
  const endpoint = await endpoints.endpoint(name)
  // One that failed, or is being created, serves nothing yet.
  if (!endpoint || endpoint.status === 'Failed' || endpoint.status === 'Creating') return []
  const config = await endpoints.config(endpoint.configName)
  const packages: string[] = []
  for (const {modelName} of config?.variants ?? []) {
    const model = modelName === undefined ? undefined : await endpoints.model(modelName)
    packages.push(...(model?.containers.flatMap(({modelPackageName}) => modelPackageName ?? []) ?? []))
  }
  return [...new Set(packages)]
}
