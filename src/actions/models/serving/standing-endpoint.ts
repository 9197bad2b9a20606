// What stands under the name of an endpoint: its configuration, the model behind it, what it had before, and whose it is.

import type {Endpoint, EndpointConfig, ServedModel} from '../../../cloud/lineage-ports.ts'
import type {Cloud, Tag} from '../../../cloud/ports.ts'
import {versionTag} from '../../../project/origin-tags.ts'
import {modelOfPackage, pipelineOfExecution} from '../../executions/execution-arn.ts'
import {readHistory} from './deployment-history.ts'
import type {Owner, ServedVersion} from './serving-results.ts'

export type StandingEndpoint = {
  readonly endpoint: Endpoint
  readonly tags: readonly Tag[]
  readonly owner: Owner
  readonly config: EndpointConfig | undefined
  /** Of its first variant. */
  readonly served: ServedModel | undefined
  readonly history: readonly string[]
}

/** Tag that the pipeline service gives to what steps make (Developer Guide, "Pipelines steps", step properties and tags). */
const executionTag = 'sagemaker:pipeline-execution-arn'

export async function findEndpoint(
  name: string,
  pipelineName: string,
  {endpoints}: Pick<Cloud, 'endpoints'>,
): Promise<StandingEndpoint | undefined> {
  const endpoint = await endpoints.endpoint(name)
  if (!endpoint) return undefined
  const [tags, config] = await Promise.all([
    endpoints.tags(endpoint.arn),
    endpoint.configName === '' ? undefined : endpoints.config(endpoint.configName),
  ])
  const modelName = config?.variants[0]?.modelName
  const served = modelName === undefined ? undefined : await endpoints.model(modelName)
  return {endpoint, tags, owner: ownerOf(tags, pipelineName), config, served, history: readHistory(tags)}
}

/** Whose an endpoint is. What stands in its tags may have been put there by hand, and then means what it says. */
function ownerOf(tags: readonly Tag[], pipelineName: string): Owner {
  const tagged = (wanted: string) => tags.find(({key}) => key === wanted)?.value
  if (tagged(versionTag) !== undefined) return 'mlpipe'
  return pipelineOfExecution(tagged(executionTag) ?? '') === pipelineName ? 'pipeline' : 'other'
}

/** `group/version` of what a model was made from; undefined for one that was made without the registry. */
export function packageOf(model: ServedModel | undefined): string | undefined {
  const name = model?.containers.find(({modelPackageName}) => modelPackageName !== undefined)?.modelPackageName
  return name === undefined ? undefined : modelOfPackage(name)?.model
}

/** Why the embedded engine only stands in for the containers; nothing where they run. */
export function simulatedIn(tags: readonly Tag[]): {simulated?: string} {
  const simulated = tags.find(({key}) => key === 'mlpipe:simulated')?.value
  return simulated === undefined ? {} : {simulated}
}

const busyStates: readonly string[] = ['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting']

/** Something is being done to it, and nothing else can be done now. */
export function isBusy({status}: Endpoint): boolean {
  return busyStates.includes(status)
}

/** Of models and configurations: the endpoint that they were made for. */
export const endpointTag = 'mlpipe:endpoint'

export function servedVersionOf({endpoint, served}: Pick<StandingEndpoint, 'endpoint' | 'served'>): ServedVersion {
  const model = packageOf(served)
  return {config: endpoint.configName, ...(model === undefined ? {} : {model})}
}
