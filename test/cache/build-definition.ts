// The definition of a random pipeline.

import type {Json, JsonObject} from '../../src/definition/json.ts'
import {type EnvironmentPlan, type InputPlan, parameterCount, type StepPlan} from './random-pipelines.ts'

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
  const flag = {Name: 'flag', Type: 'Boolean', DefaultValue: true}
  return {Version: '2020-12-01', Metadata: {}, Parameters: [...parameters, flag], Steps: top}
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
          Arguments: processing({
            AppSpecification: {ImageUri: 'image', ContainerEntrypoint: [`script-${plan.script}`]},
            Environment: this.environment(plan, index),
            ProcessingInputs: plan.inputs.map((each, at) => processingInput(`i${at}`, this.input(each, index))),
            output: outputUri(plan, name),
          }),
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
      case 'tuning':
        return {...envelope, Type: 'Tuning', Arguments: this.tuning(plan, index, name)}
      case 'transform':
        return {
          ...envelope,
          Type: 'Transform',
          Arguments: {
            ModelName: this.modelName(plan, index),
            TransformInput: {DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: this.firstInput(plan, index)}}},
            TransformOutput: {S3OutputPath: outputUri(plan, name)},
            TransformResources: {InstanceType: 'ml.m5.large', InstanceCount: 1},
            Environment: this.environment(plan, index),
          },
        }
      case 'lambda':
        return {
          ...envelope,
          Type: 'Lambda',
          FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
          OutputParameters: [{OutputName: 'n', OutputType: 'Integer'}],
          Arguments: this.environment(plan, index),
        }
      case 'check':
        return {
          ...envelope,
          Type: 'QualityCheck',
          CheckType: 'DATA_QUALITY',
          ModelPackageGroupName: 'group',
          SkipCheck: true,
          FailOnViolation: plan.script === 0,
          RegisterNewBaseline: {Get: 'Parameters.flag'},
          Arguments: processing({
            AppSpecification: {ImageUri: 'analyzer'},
            Environment: this.environment(plan, index),
            ProcessingInputs: [processingInput('baseline_dataset_input', this.firstInput(plan, index))],
            output: outputUri(plan, name),
          }),
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

  private tuning(plan: StepPlan, index: number, name: string): JsonObject {
    const objective = {Type: 'Minimize', MetricName: 'm'}
    return {
      HyperParameterTuningJobConfig: {
        Strategy: 'Random',
        HyperParameterTuningJobObjective: objective,
        ResourceLimits: {MaxNumberOfTrainingJobs: plan.script + 1, MaxParallelTrainingJobs: 1},
      },
      TrainingJobDefinition: {
        AlgorithmSpecification: {TrainingImage: 'image', TrainingInputMode: 'File'},
        StaticHyperParameters: this.environment(plan, index),
        InputDataConfig: plan.inputs.map((each, at) => ({
          ChannelName: `i${at}`,
          DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: this.input(each, index)}},
        })),
        OutputDataConfig: {S3OutputPath: outputUri(plan, name)},
        ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
        RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
        StoppingCondition: {MaxRuntimeInSeconds: 60},
      },
    }
  }

  /** A model that exists already, or that of a model step, which has a new name in every execution. */
  private modelName(plan: StepPlan, index: number): Json {
    const of = plan.fixedOutput ? this.earlier(index, plan.script, 'model') : undefined
    return of === undefined ? `model-${plan.script}` : {Get: `Steps.s${of}.ModelName`}
  }

  private firstInput({inputs: [first]}: StepPlan, index: number): Json {
    return first ? this.input(first, index) : 's3://bucket/data/0'
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
      case 'best-job': {
        const of = this.earlier(index, plan.of, 'tuning')
        return of === undefined ? 'none' : {Get: `Steps.s${of}.BestTrainingJob.TrainingJobName`}
      }
      case 'answer': {
        const of = this.earlier(index, plan.of, 'lambda')
        return of === undefined ? 'none' : cast({Get: `Steps.s${of}.OutputParameters['n']`})
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

type ProcessingPlan = {
  readonly AppSpecification: JsonObject
  readonly Environment: JsonObject
  readonly ProcessingInputs: readonly JsonObject[]
  readonly output: Json
}

function processing({output, ...request}: ProcessingPlan): JsonObject {
  const S3Output = {S3Uri: output, LocalPath: '/opt/ml/processing/output/out', S3UploadMode: 'EndOfJob'}
  return {
    ...request,
    ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
    RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
    ProcessingOutputConfig: {Outputs: [{OutputName: 'out', S3Output}]},
  }
}

function processingInput(name: string, uri: Json): JsonObject {
  const LocalPath = `/opt/ml/processing/input/${name}`
  return {InputName: name, S3Input: {S3Uri: uri, LocalPath, S3DataType: 'S3Prefix', S3InputMode: 'File'}}
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
