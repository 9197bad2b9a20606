// Where an input of a step comes from, as its definition has it.

import type {Json, JsonObject} from '../definition/json.ts'
import {objectAt, objectsAt} from '../definition/json-members.ts'
import {collectReferences} from '../definition/references.ts'
import type {StepDefinition} from '../definition/types.ts'

/** The step that an input of this name refers to; undefined when it refers to none. */
export function referredStep({Arguments: args}: StepDefinition, inputName: string): string | undefined {
  const references = collectReferences(inputValue(args, inputName))
  const [first] = references.flatMap((reference) => ('stepName' in reference ? [reference.stepName] : []))
  return first
}

function inputValue(args: StepDefinition['Arguments'], name: string): Json {
  if (name === 'metrics' && args.ModelMetrics !== undefined) return args.ModelMetrics
  if (name === 'input' && args.TransformInput !== undefined) return args.TransformInput
  if (name === 'model' && args.ProcessingInputs === undefined && args.InputDataConfig === undefined) {
    return containersOf(args).map(({ModelDataUrl, ModelDataSource}) => ModelDataUrl ?? ModelDataSource ?? null)
  }
  const trainings = [objectAt(args, 'TrainingJobDefinition'), ...objectsAt(args, 'TrainingJobDefinitions')]
  const channels = [args, ...trainings].flatMap((part) => objectsAt(part, 'InputDataConfig'))
  return [
    ...objectsAt(args, 'ProcessingInputs').filter(({InputName}) => InputName === name),
    ...channels.filter(({ChannelName}) => ChannelName === name),
  ]
}

function containersOf(args: StepDefinition['Arguments']): JsonObject[] {
  const specification = objectAt(args, 'InferenceSpecification')
  return [
    objectAt(args, 'PrimaryContainer'),
    ...objectsAt(args, 'Containers'),
    ...objectsAt(specification, 'Containers'),
  ]
}
