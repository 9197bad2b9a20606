// Which endpoints serve a model, and which models an endpoint serves. What was served once is not what is served now: every
// endpoint is looked at.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {associated} from './associations.ts'
import type {Records} from './records.ts'

export type Served = {
  /** ARNs of model packages. */
  readonly packages: readonly string[]
  /** S3 URIs of model files that are served without a package. */
  readonly files: readonly string[]
}

const mostNamed = 10

/** Undefined when there is no endpoint of that name. */
export async function servedBy(name: string, {endpoints}: Pick<Cloud, 'endpoints'>): Promise<Served | undefined> {
  const endpoint = await endpoints.endpoint(name)
  if (!endpoint) return undefined
  const config = await endpoints.config(endpoint.configName)
  const names = new Set((config?.variants ?? []).flatMap(({modelName}) => modelName ?? []))
  const models = await Promise.all([...names].map((model) => endpoints.model(model)))
  const containers = models.flatMap((model) => model?.containers ?? [])
  return {
    packages: distinct(containers.flatMap(({modelPackageName}) => modelPackageName ?? [])),
    files: distinct(
      containers.flatMap(({modelPackageName, modelDataUrl}) => (modelPackageName ? [] : (modelDataUrl ?? []))),
    ),
  }
}

/** Those that SageMaker's lineage tells of, and those that are named like the model's group, as far as they serve it now. */
export async function endpointsServing(model: ModelPackage, cloud: Cloud, records: Records): Promise<string[]> {
  const {arn, group, modelDataUrl} = model
  const wanted = [{lineageType: 'Context', type: 'Endpoint'}]
  const contexts = (await associated([arn], 'descendants', wanted, cloud, records)) ?? []
  const told = contexts.flatMap(({sourceUri}) => /:endpoint\/(.+)$/.exec(sourceUri ?? '')?.[1] ?? [])
  const named = await records.attempt('the list of endpoints', () => cloud.endpoints.endpointsNamed(group, mostNamed))
  const serving: string[] = []
  for (const name of distinct([...told, ...(named ?? [])])) {
    const served = await records.attempt(`the endpoint ${name}`, () => servedBy(name, cloud))
    const isServed =
      served?.packages.includes(arn) || (modelDataUrl !== undefined && served?.files.includes(modelDataUrl))
    if (isServed) serving.push(name)
  }
  return serving.sort()
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)]
}
