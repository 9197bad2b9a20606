// Small pipeline definitions, written as SageMaker stores them.

import type {Json, JsonObject} from '../../../src/definition/json.ts'

/** A reference. */
export function get(path: string): JsonObject {
  return {Get: path}
}

export function join(on: string, ...values: Json[]): JsonObject {
  return {'Std:Join': {On: on, Values: values}}
}

export function jsonGet(stepName: string, file: string, path: string): JsonObject {
  return {'Std:JsonGet': {PropertyFile: get(`Steps.${stepName}.PropertyFiles.${file}`), Path: path}}
}

export function pipeline(steps: readonly JsonObject[], parameters: readonly JsonObject[] = []): JsonObject {
  return {Version: '2020-12-01', Metadata: {}, Parameters: parameters, Steps: steps}
}

export type ShellStep = {
  /** Envelope members: DependsOn, CacheConfig, PropertyFiles, … */
  readonly envelope?: JsonObject
  readonly environment?: JsonObject
  readonly inputs?: Readonly<Record<string, Json>>
  /** Output name to S3 URI. */
  readonly outputs?: Readonly<Record<string, Json>>
  readonly arguments?: readonly Json[]
}

/** A processing step that runs a shell script; input `x` lies at /opt/ml/processing/input/x, output `y` likewise. */
export function shell(name: string, script: Json, step: ShellStep = {}): JsonObject {
  const {envelope = {}, environment, inputs = {}, outputs = {}, arguments: containerArguments} = step
  return {
    Name: name,
    Type: 'Processing',
    Arguments: {
      ProcessingResources: {ClusterConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30}},
      AppSpecification: {
        ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:1',
        ContainerEntrypoint: ['/bin/sh', '-c', script],
        ...(containerArguments ? {ContainerArguments: containerArguments} : {}),
      },
      RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
      ...(environment ? {Environment: environment} : {}),
      ProcessingInputs: Object.entries(inputs).map(([input, uri]) => ({
        InputName: input,
        S3Input: {
          S3Uri: uri,
          LocalPath: `/opt/ml/processing/input/${input}`,
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
        },
      })),
      ProcessingOutputConfig: {
        Outputs: Object.entries(outputs).map(([output, uri]) => ({
          OutputName: output,
          S3Output: {S3Uri: uri, LocalPath: `/opt/ml/processing/output/${output}`, S3UploadMode: 'EndOfJob'},
        })),
      },
    },
    ...envelope,
  }
}

export function after(...names: string[]): JsonObject {
  return {DependsOn: names}
}

export const cached = {CacheConfig: {Enabled: true, ExpireAfter: 'P30D'}}

export function condition(
  name: string,
  conditions: readonly JsonObject[],
  branches: {readonly then?: readonly JsonObject[]; readonly otherwise?: readonly JsonObject[]},
): JsonObject {
  const {then = [], otherwise = []} = branches
  return {Name: name, Type: 'Condition', Arguments: {Conditions: conditions, IfSteps: then, ElseSteps: otherwise}}
}

export function equals(left: Json, right: Json): JsonObject {
  return {Type: 'Equals', LeftValue: left, RightValue: right}
}

export function fail(name: string, message: Json): JsonObject {
  return {Name: name, Type: 'Fail', Arguments: {ErrorMessage: message}}
}
