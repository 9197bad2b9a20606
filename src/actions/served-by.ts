// Which models an endpoint has at this moment.

import type {Cloud} from '../cloud/ports.ts'

export type Served = {
  readonly arn: string
  /** Whether it answers: one that failed, or is being created, serves nothing yet. */
  readonly isAnswering: boolean
  /** ARNs of model packages. */
  readonly packages: readonly string[]
  /** S3 URIs of model files that are served without a package. */
  readonly files: readonly string[]
}

/** Undefined when there is no endpoint of that name. */
export async function servedBy(name: string, {endpoints}: Pick<Cloud, 'endpoints'>): Promise<Served | undefined> {
  const endpoint = await endpoints.endpoint(name)
  if (!endpoint) return undefined
  const config = await endpoints.config(endpoint.configName)
  const names = new Set((config?.variants ?? []).flatMap(({modelName}) => modelName ?? []))
  const models = await Promise.all([...names].map((model) => endpoints.model(model)))
  const containers = models.flatMap((model) => model?.containers ?? [])
  const packages = containers.flatMap(({modelPackageName}) => modelPackageName ?? [])
  const files = containers.flatMap(({modelPackageName, modelDataUrl}) => (modelPackageName ? [] : (modelDataUrl ?? [])))
  return {
    arn: endpoint.arn,
    isAnswering: endpoint.status !== 'Failed' && endpoint.status !== 'Creating',
    packages: [...new Set(packages)],
    files: [...new Set(files)],
  }
}
