// The endpoint that is meant where none is named: the one that an endpoint step of the pipeline names, else the group's.

import type {Cloud, Pipeline} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {namedEndpoints, readDefinition, registeredGroups} from '../../executions/definition-outline.ts'
import {requirePipeline} from '../../executions/resolve-execution.ts'
import {nextCommand, type Place} from '../../next-commands.ts'

export async function defaultEndpoint(group: string, pipelineName: string, cloud: Cloud): Promise<string> {
  const {groups, endpoints} = await deployedNames(pipelineName, cloud)
  const [only, ...others] = endpoints
  return only !== undefined && others.length === 0 && groups.includes(group) ? only : group
}

/** Of the pipeline's only group. Throws where there are several, or none. */
export async function pipelineEndpoint(
  pipelineName: string,
  cloud: Cloud,
  verb: string,
  place: Place,
): Promise<string> {
  const {groups} = namesIn(await requirePipeline(pipelineName, cloud, place))
  const [group, ...others] = groups
  if (group !== undefined && others.length === 0) return defaultEndpoint(group, pipelineName, cloud)
  const why =
    group === undefined ? 'registers into no model group' : `registers into several model groups: ${groups.join(', ')}`
  throw new MlpipeError({
    code: 'usage',
    message: `the pipeline "${pipelineName}" ${why}; name the endpoint`,
    nextSteps: [nextCommand(`models ${verb} ENDPOINT`, place)],
  })
}

async function deployedNames(
  pipelineName: string,
  {pipelines}: Cloud,
): Promise<{groups: string[]; endpoints: string[]}> {
  const pipeline = await pipelines.describe(pipelineName)
  return pipeline ? namesIn(pipeline) : {groups: [], endpoints: []}
}

function namesIn(pipeline: Pipeline): {groups: string[]; endpoints: string[]} {
  const definition = readDefinition(pipeline.definition)
  if (!definition) return {groups: [], endpoints: []}
  return {groups: registeredGroups(definition), endpoints: namedEndpoints(definition)}
}
