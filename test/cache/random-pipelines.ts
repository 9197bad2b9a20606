// Random pipelines and random edits of them, for the law that a prediction comes true.

import {fc} from '../support/properties.ts'

/** What a step is made of; the definition is built from a list of these. Upstream steps are given by index. */
export type StepPlan = {
  readonly kind: 'processing' | 'training' | 'tuning' | 'model' | 'transform' | 'lambda' | 'check' | 'condition'
  /** Differs between edits: stands for the hash of the script. */
  readonly script: number
  readonly cache: 'off' | 'long' | 'short' | 'months'
  readonly fixedOutput: boolean
  readonly environment: readonly EnvironmentPlan[]
  readonly inputs: readonly InputPlan[]
  readonly condition: ConditionPlan
  /** Which earlier condition it stands under, and on which side; undefined: none. */
  readonly branch: {readonly of: number; readonly side: 'If' | 'Else'} | undefined
  readonly dependsOn: readonly number[]
}

export type EnvironmentPlan =
  | {readonly kind: 'literal'; readonly value: number}
  | {readonly kind: 'parameter'; readonly index: number}
  | {readonly kind: 'execution'; readonly variable: 'PipelineExecutionId' | 'PipelineName' | 'StartDateTime'}
  | {readonly kind: 'report'; readonly of: number}
  | {readonly kind: 'metric'; readonly of: number}
  | {readonly kind: 'model-name'; readonly of: number}
  | {readonly kind: 'best-job'; readonly of: number}
  | {readonly kind: 'answer'; readonly of: number}
  | {readonly kind: 'join'; readonly parts: readonly EnvironmentPlan[]}

export type InputPlan = {readonly kind: 'output' | 'model' | 'literal'; readonly of: number; readonly suffix: boolean}

type ConditionPlan = {
  readonly on: 'parameter' | 'report' | 'literal'
  readonly of: number
  readonly above: number
  readonly negated: boolean
}

export const parameterCount = 4

const leaf: fc.Arbitrary<EnvironmentPlan> = fc.oneof(
  {weight: 4, arbitrary: fc.record({kind: fc.constant('literal' as const), value: fc.nat(2)})},
  {weight: 4, arbitrary: fc.record({kind: fc.constant('parameter' as const), index: fc.nat(parameterCount - 1)})},
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('execution' as const),
      variable: fc.constantFrom('PipelineExecutionId', 'PipelineName', 'StartDateTime'),
    }),
  },
  {weight: 2, arbitrary: fc.record({kind: fc.constant('report' as const), of: fc.nat(30)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('metric' as const), of: fc.nat(30)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('model-name' as const), of: fc.nat(30)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('best-job' as const), of: fc.nat(30)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('answer' as const), of: fc.nat(30)})},
)

const environment: fc.Arbitrary<EnvironmentPlan> = fc.oneof(
  {weight: 5, arbitrary: leaf},
  {
    weight: 1,
    arbitrary: fc.record({kind: fc.constant('join' as const), parts: fc.array(leaf, {minLength: 1, maxLength: 3})}),
  },
)

const input: fc.Arbitrary<InputPlan> = fc.record({
  kind: fc.constantFrom('output', 'output', 'model', 'literal'),
  of: fc.nat(30),
  suffix: fc.boolean(),
})

const step: fc.Arbitrary<StepPlan> = fc.record({
  kind: fc.constantFrom(
    ...(['processing', 'processing', 'processing', 'training', 'training', 'tuning'] as const),
    ...(['model', 'transform', 'lambda', 'check', 'condition'] as const),
  ),
  script: fc.nat(2),
  cache: fc.constantFrom('long', 'long', 'long', 'short', 'months', 'off'),
  fixedOutput: fc.nat(5).map((number) => number === 0),
  environment: fc.array(environment, {maxLength: 2}),
  inputs: fc.array(input, {maxLength: 3}),
  condition: fc.record({
    on: fc.constantFrom('parameter', 'report', 'literal'),
    of: fc.nat(30),
    above: fc.nat(3),
    negated: fc.boolean(),
  }),
  branch: fc.option(fc.record({of: fc.nat(30), side: fc.constantFrom('If', 'Else')}), {nil: undefined, freq: 3}),
  dependsOn: fc.array(fc.nat(30), {maxLength: 1}),
})

/** One thing that happens between two runs. */
export type Edit =
  | {readonly kind: 'nothing'}
  | {readonly kind: 'step'; readonly index: number; readonly plan: StepPlan}
  | {readonly kind: 'script'; readonly index: number; readonly script: number}
  | {readonly kind: 'parameter'; readonly index: number; readonly value: number}
  | {readonly kind: 'clock'; readonly hours: number}
  | {readonly kind: 'remove'}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {weight: 2, arbitrary: fc.constant({kind: 'nothing' as const})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant('step' as const), index: fc.nat(30), plan: step})},
  {weight: 3, arbitrary: fc.record({kind: fc.constant('script' as const), index: fc.nat(30), script: fc.nat(2)})},
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('parameter' as const),
      index: fc.nat(parameterCount - 1),
      value: fc.nat(2),
    }),
  },
  {weight: 2, arbitrary: fc.record({kind: fc.constant('clock' as const), hours: fc.constantFrom(1, 5, 30, 900)})},
  {weight: 1, arbitrary: fc.constant({kind: 'remove' as const})},
)

export const story = fc.record({
  steps: fc.array(step, {minLength: 1, maxLength: 30}),
  edits: fc.array(fc.array(edit, {maxLength: 2}), {minLength: 1, maxLength: 5}),
})
