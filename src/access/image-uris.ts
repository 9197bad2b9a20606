// The container images that the jobs of a pipeline start.

import type {StepDefinition} from '../definition/types.ts'
import {isWhole, type Known, textsIn} from './known-text.ts'

/** Source: SageMaker API reference, AppSpecification, AlgorithmSpecification, ContainerDefinition, DebugRuleConfiguration. */
const members = new Set(['Image', 'ImageUri', 'RuleEvaluatorImage', 'TrainingImage'])

/** Each once, sorted; what only the run knows is left out. */
export function imageUris(steps: readonly StepDefinition[], known: Known): string[] {
  const found = steps.flatMap((step) => textsIn(step.Arguments, known))
  const images = found.filter(({path, text}) => members.has(path.at(-1) ?? '') && isWhole(text))
  return [...new Set(images.map(({text}) => text))].sort()
}
