// A small pipeline whose lineage is known: data is prepared, a model is trained on it and registered. Its training runs a shell.

import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {get, join, pipeline, shell} from './definitions.ts'
import {roleArn} from './local-cloud.ts'

export const shellImage = '000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:1'
export const modelUriOfTraining = get('Steps.train.ModelArtifacts.S3ModelArtifacts')

export type TrainStep = {
  readonly envelope?: JsonObject
  /** Laid over the request. */
  readonly more?: JsonObject
}

export function train(name: string, channels: Readonly<Record<string, Json>>, step: TrainStep = {}): JsonObject {
  return {
    Name: name,
    Type: 'Training',
    Arguments: {
      AlgorithmSpecification: {
        TrainingImage: shellImage,
        TrainingInputMode: 'File',
        ContainerEntrypoint: ['/bin/sh', '-c', 'echo acc=0.5; echo acc=0.97; echo weights > /opt/ml/model/weights'],
        MetricDefinitions: [{Name: 'val:acc', Regex: 'acc=([0-9.]+)'}],
      },
      HyperParameters: {epochs: '12', rate: '1e-3', loss: 'log', version: '1.2-1'},
      InputDataConfig: Object.entries(channels).map(([ChannelName, S3Uri]) => ({
        ChannelName,
        ContentType: 'text/csv',
        DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri}},
      })),
      OutputDataConfig: {S3OutputPath: 's3://mlpipe-local/models'},
      ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
      StoppingCondition: {MaxRuntimeInSeconds: 60},
      RoleArn: roleArn,
      ...step.more,
    },
    ...step.envelope,
  }
}

export function register(name: string, group: string, ModelDataUrl: Json, more: JsonObject = {}): JsonObject {
  return {
    Name: name,
    Type: 'RegisterModel',
    Arguments: {
      ModelPackageGroupName: group,
      InferenceSpecification: {
        Containers: [{Image: shellImage, ModelDataUrl}],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
      },
      ...more,
    },
  }
}

/** Makes `s3://mlpipe-local/<execution id>/points`, trains on it and registers the model in `group`. */
export function trainingPipeline(group: string, envelope: JsonObject = {}): JsonObject {
  const points = join('/', 's3://mlpipe-local', get('Execution.PipelineExecutionId'), 'points')
  const script = 'echo 1,2 > /opt/ml/processing/output/points/p.csv'
  return pipeline([
    shell('prepare', script, {outputs: {points}, envelope}),
    train('train', {points: get("Steps.prepare.ProcessingOutputConfig.Outputs['points'].S3Output.S3Uri")}, {envelope}),
    register('register', group, modelUriOfTraining),
  ])
}
