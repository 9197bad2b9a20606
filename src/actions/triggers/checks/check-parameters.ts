// The parameters of triggers beside those of the pipeline as it is deployed, which may be older than the spec.

import type {ParameterDefinition, PipelineDefinition} from '../../../definition/types.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {nextCommand, type Place} from '../../next-commands.ts'

/** `spec` is what the triggers were checked against already. */
export function checkDeployedParameters(
  triggers: readonly Trigger[],
  deployed: PipelineDefinition | undefined,
  spec: PipelineDefinition,
  place: Place,
): void {
  const there = byName(deployed)
  const declared = byName(spec)
  for (const {name: trigger, parameters} of triggers) {
    for (const {name} of parameters) {
      const [own, wanted] = [there.get(name), declared.get(name)]
      if (!own) throw notAsDeployed(`has no parameter "${name}", which trigger ${trigger} gives`, place)
      if (typeOf(own) === typeOf(wanted)) continue
      throw notAsDeployed(`has the parameter "${name}" as ${typeOf(own)}, and the spec as ${typeOf(wanted)}`, place)
    }
    const given = new Set(parameters.map(({name}) => name))
    const open = [...there.values()].find(({Name, DefaultValue}) => DefaultValue === undefined && !given.has(Name))
    if (open) throw notAsDeployed(`needs a value for "${open.Name}", which trigger ${trigger} does not give`, place)
  }
}

function byName(definition: PipelineDefinition | undefined): Map<string, ParameterDefinition> {
  return new Map((definition?.Parameters ?? []).map((one) => [one.Name, one]))
}

function typeOf(parameter: ParameterDefinition | undefined): string {
  return parameter?.Type ?? 'String'
}

function notAsDeployed(what: string, place: Place): MlpipeError {
  return new MlpipeError({
    code: 'not-as-deployed',
    message: `the pipeline as it is deployed ${what}`,
    nextSteps: [nextCommand('deploy', place)],
  })
}
