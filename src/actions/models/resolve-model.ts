// Which model package the user means: `group/version`, `group` (its latest), an ARN, or nothing (the pipeline's latest).

import type {Cloud, ModelPackageSummary} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {readDefinition, registeredGroups} from '../executions/definition-outline.ts'
import {modelOfPackage} from '../executions/execution-arn.ts'
import {requirePipeline} from '../executions/resolve-execution.ts'
import {nextCommand, type Place} from '../next-commands.ts'

/** The groups that the deployed pipeline registers into, as far as they exist yet. */
export async function pipelineGroups(pipelineName: string, cloud: Cloud, place: Place): Promise<string[]> {
  const pipeline = await requirePipeline(pipelineName, cloud, place)
  const definition = readDefinition(pipeline.definition)
  const existing = new Set((await cloud.registry.groups()).map(({name}) => name))
  return (definition ? registeredGroups(definition) : []).filter((name) => existing.has(name))
}

export async function requireGroup(group: string, cloud: Cloud): Promise<void> {
  const names = (await cloud.registry.groups()).map(({name}) => name)
  if (names.includes(group)) return
  const suggestion = suggestName(group, names) ?? 'no model has been registered yet'
  throw new MlpipeError({code: 'unknown-model-group', message: `"${group}" is not a model group here: ${suggestion}`})
}

export async function resolveModel(
  wanted: string | undefined,
  pipelineName: string,
  cloud: Cloud,
  place: Place,
): Promise<ModelPackageSummary> {
  if (wanted === undefined) return latestOfPipeline(pipelineName, cloud, place)

  const named = modelOfPackage(wanted) ?? splitModel(wanted)
  await requireGroup(named.group, cloud)
  const packages = await cloud.registry.packages(named.group)
  const found = named.version === undefined ? packages[0] : packages.find(({version}) => version === named.version)
  if (found) return found
  const versions = packages.map(({version}) => version).slice(0, 12)
  const known = versions.length === 0 ? 'it is empty' : `it has ${versions.join(', ')}`
  throw new MlpipeError({
    code: 'unknown-model',
    message: `the model group "${named.group}" has no version ${named.version ?? ''}: ${known}`.replace(
      'version :',
      'version:',
    ),
    nextSteps: [nextCommand(`models list ${named.group}`, place)],
  })
}

async function latestOfPipeline(pipelineName: string, cloud: Cloud, place: Place): Promise<ModelPackageSummary> {
  const groups = await pipelineGroups(pipelineName, cloud, place)
  const packages = (await Promise.all(groups.map((group) => cloud.registry.packages(group)))).flat()
  const latest = packages.reduce<ModelPackageSummary | undefined>(
    (newest, item) => (newest === undefined || item.createdAtMs > newest.createdAtMs ? item : newest),
    undefined,
  )
  if (latest) return latest
  throw new MlpipeError({
    code: 'no-models',
    message: `the pipeline "${pipelineName}" has registered no model yet`,
    nextSteps: [nextCommand('run', place)],
  })
}

function splitModel(text: string): {group: string; version?: number} {
  const match = /^([^/]+)(?:\/(\d+))?$/.exec(text)
  if (!match?.[1]) {
    throw new MlpipeError({
      code: 'unknown-model',
      message: `"${text}" is not a model: give group/version, group, or the ARN of a model package`,
    })
  }
  return match[2] === undefined ? {group: match[1]} : {group: match[1], version: Number(match[2])}
}
