// Random pipelines and random edits of them, for the law that a prediction comes true.

import fc from 'fast-check'
import type {Json, JsonObject} from '../../src/definition/json.ts'

/** What a step is made of; the definition is built from a list of these. Upstream steps are given by index. */
export type StepPlan = {
  readonly kind: 'processing' | 'training' | 'model' | 'condition'
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

type EnvironmentPlan =
  | {readonly kind: 'literal'; readonly value: number}
  | {readonly kind: 'parameter'; readonly index: number}
  | {readonly kind: 'execution'; readonly variable: 'PipelineExecutionId' | 'PipelineName' | 'StartDateTime'}
  | {readonly kind: 'report'; readonly of: number}
  | {readonly kind: 'metric'; readonly of: number}
  | {readonly kind: 'model-name'; readonly of: number}
  | {readonly kind: 'join'; readonly parts: readonly EnvironmentPlan[]}

type InputPlan = {readonly kind: 'output' | 'model' | 'literal'; readonly of: number; readonly suffix: boolean}

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
  kind: fc.constantFrom('processing', 'processing', 'processing', 'training', 'training', 'model', 'condition'),
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

/** The definition of a list of plans. Indexes wrap around to an earlier step of the kind wanted, or to nothing. */
export function buildDefinition(plans: readonly StepPlan[]): JsonObject {
  const builder = new Builder(plans)
  const top = plans.flatMap((plan, index) =>
    builder.branchOf(index) === undefined ? [builder.build(plan, index)] : [],
  )
  const parameters = Array.from({length: parameterCount}, (_, index) => ({
    Name: `p${index}`,
    Type: 'Integer',
    DefaultValue: 0,
  }))
  return {Version: '2020-12-01', Metadata: {}, Parameters: parameters, Steps: top}
}

class Builder {
  private readonly plans: readonly StepPlan[]

  constructor(plans: readonly StepPlan[]) {
    this.plans = plans
  }

  /** The condition that a step stands under. */
  branchOf(index: number): number | undefined {
    const branch = this.plans[index]?.branch
    return branch && this.earlier(index, branch.of, 'condition')
  }

  build(plan: StepPlan, index: number): JsonObject {
    const name = `s${index}`
    const needed = plan.dependsOn.flatMap((of) => this.earlier(index, of, 'processing') ?? [])
    const envelope = {
      Name: name,
      ...(needed.length > 0 ? {DependsOn: needed.map((each) => `s${each}`)} : {}),
      ...cacheConfig(plan),
    }
    switch (plan.kind) {
      case 'processing':
        return {
          ...envelope,
          Type: 'Processing',
          Arguments: {
            ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
            AppSpecification: {ImageUri: 'image', ContainerEntrypoint: [`script-${plan.script}`]},
            RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
            Environment: this.environment(plan, index),
            ProcessingInputs: plan.inputs.map((each, at) => ({
              InputName: `i${at}`,
              S3Input: {
                S3Uri: this.input(each, index),
                LocalPath: `/opt/ml/processing/input/i${at}`,
                S3DataType: 'S3Prefix',
                S3InputMode: 'File',
              },
            })),
            ProcessingOutputConfig: {
              Outputs: [
                {
                  OutputName: 'out',
                  S3Output: {
                    S3Uri: outputUri(plan, name),
                    LocalPath: '/opt/ml/processing/output/out',
                    S3UploadMode: 'EndOfJob',
                  },
                },
              ],
            },
          },
          PropertyFiles: [{PropertyFileName: 'report', OutputName: 'out', FilePath: 'report.json'}],
        }
      case 'training':
        return {
          ...envelope,
          Type: 'Training',
          Arguments: {
            AlgorithmSpecification: {
              TrainingImage: 'image',
              TrainingInputMode: 'File',
              MetricDefinitions: [{Name: 'm', Regex: 'm=(.*)'}],
            },
            RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
            HyperParameters: {script: `script-${plan.script}`, ...this.environment(plan, index)},
            InputDataConfig: plan.inputs.map((each, at) => ({
              ChannelName: `i${at}`,
              DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: this.input(each, index)}},
            })),
            OutputDataConfig: {S3OutputPath: outputUri(plan, name)},
            ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
            StoppingCondition: {MaxRuntimeInSeconds: 60},
          },
        }
      case 'model':
        return {
          Name: name,
          Type: 'Model',
          Arguments: {
            PrimaryContainer: {
              Image: 'image',
              ModelDataUrl: this.input({kind: 'model', of: index, suffix: false}, index),
            },
            ExecutionRoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
          },
        }
      case 'condition':
        return {
          Name: name,
          Type: 'Condition',
          Arguments: {Conditions: [this.condition(plan, index)], ...this.branches(index)},
        }
    }
  }

  private branches(index: number): JsonObject {
    const side = (wanted: 'If' | 'Else') =>
      this.plans.flatMap((plan, at) =>
        this.branchOf(at) === index && plan.branch?.side === wanted ? [this.build(plan, at)] : [],
      )
    return {IfSteps: side('If'), ElseSteps: side('Else')}
  }

  private condition({condition: {on, of, above, negated}}: StepPlan, index: number): JsonObject {
    const source = on === 'report' ? this.earlier(index, of, 'processing') : undefined
    const parameter: Json = on === 'literal' ? 1 : {Get: `Parameters.p${of % parameterCount}`}
    const left: Json = source === undefined ? parameter : report(source)
    const comparison = {Type: 'GreaterThan', LeftValue: left, RightValue: above}
    return negated ? {Type: 'Not', Condition: comparison} : comparison
  }

  private environment(plan: StepPlan, index: number): JsonObject {
    return Object.fromEntries(plan.environment.map((each, at) => [`V${at}`, this.text(each, index)]))
  }

  /** A text: anything but a String is cast by a join. */
  private text(plan: EnvironmentPlan, index: number): Json {
    switch (plan.kind) {
      case 'literal':
        return String(plan.value)
      case 'parameter':
        return cast({Get: `Parameters.p${plan.index}`})
      case 'execution':
        return {Get: `Execution.${plan.variable}`}
      case 'report': {
        const of = this.earlier(index, plan.of, 'processing')
        return of === undefined ? 'none' : cast(report(of))
      }
      case 'metric': {
        const of = this.earlier(index, plan.of, 'training')
        return of === undefined ? 'none' : cast({Get: `Steps.s${of}.FinalMetricDataList['m'].Value`})
      }
      case 'model-name': {
        const of = this.earlier(index, plan.of, 'model')
        return of === undefined ? 'none' : {Get: `Steps.s${of}.ModelName`}
      }
      case 'join':
        return {'Std:Join': {On: '-', Values: plan.parts.map((part) => this.text(part, index))}}
    }
  }

  private input({kind, of, suffix}: InputPlan, index: number): Json {
    const source = this.earlier(index, of, kind === 'model' ? 'training' : 'processing')
    if (kind === 'literal' || source === undefined) return `s3://bucket/data/${of % 3}`
    const uri =
      kind === 'model'
        ? {Get: `Steps.s${source}.ModelArtifacts.S3ModelArtifacts`}
        : {Get: `Steps.s${source}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri`}
    return suffix ? {'Std:Join': {On: '/', Values: [uri, 'part']}} : uri
  }

  /** An earlier step of the kind, counted backwards from `wanted`. */
  private earlier(index: number, wanted: number, kind: StepPlan['kind']): number | undefined {
    const found = this.plans.flatMap((plan, at) => (at < index && plan.kind === kind ? [at] : []))
    return found.length === 0 ? undefined : found[wanted % found.length]
  }
}

function report(index: number): JsonObject {
  return {'Std:JsonGet': {PropertyFile: {Get: `Steps.s${index}.PropertyFiles.report`}, Path: 'x'}}
}

function cast(value: Json): JsonObject {
  return {'Std:Join': {On: '', Values: [value]}}
}

function outputUri({fixedOutput}: StepPlan, name: string): Json {
  if (fixedOutput) return `s3://bucket/fixed/${name}`
  return {'Std:Join': {On: '/', Values: ['s3://bucket', {Get: 'Execution.PipelineExecutionId'}, name]}}
}

function cacheConfig({cache}: StepPlan): JsonObject {
  const expiry = {long: 'P30D', short: 'PT4H', months: 'P1M', off: 'P30D'}[cache]
  return {CacheConfig: {Enabled: cache !== 'off', ExpireAfter: expiry}}
}
