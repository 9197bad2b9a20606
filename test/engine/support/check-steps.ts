// Check steps as the SDK writes them, with data in the object store of a cloud.

import {PutObjectCommand} from '@aws-sdk/client-s3'
import {CreateModelPackageGroupCommand, UpdateModelPackageCommand} from '@aws-sdk/client-sagemaker'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {get} from './definitions.ts'
import type {Finished, LocalCloud} from './local-cloud.ts'

export type CheckStep = {
  readonly checkType: string
  readonly environment?: JsonObject
  readonly inputs: Readonly<Record<string, Json>>
  readonly output: Json
  readonly envelope?: JsonObject
}

const inputRoot = '/opt/ml/processing/input'

export function checkStep(name: string, type: 'QualityCheck' | 'ClarifyCheck', step: CheckStep): JsonObject {
  return {
    Name: name,
    Type: type,
    Arguments: {
      ProcessingResources: {ClusterConfig: {InstanceType: 'ml.c5.xlarge', InstanceCount: 1, VolumeSizeInGB: 120}},
      AppSpecification: {ImageUri: '156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer'},
      RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
      ProcessingInputs: Object.entries(step.inputs).map(([input, uri]) => ({
        InputName: input,
        AppManaged: false,
        S3Input: {
          S3Uri: uri,
          LocalPath: `${inputRoot}/${input}`,
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
          S3DataDistributionType: 'FullyReplicated',
          S3CompressionType: 'None',
        },
      })),
      ProcessingOutputConfig: {
        Outputs: [
          {
            OutputName: 'quality_check_output',
            AppManaged: false,
            S3Output: {S3Uri: step.output, LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob'},
          },
        ],
      },
      ...(step.environment ? {Environment: step.environment} : {}),
    },
    CheckType: step.checkType,
    ModelPackageGroupName: null,
    SkipCheck: false,
    FailOnViolation: true,
    RegisterNewBaseline: false,
    SuppliedBaselineConstraints: null,
    ...step.envelope,
  }
}

/** A data quality check of `s3://data/now.csv`, with a header. */
export function dataQuality(name: string, output: Json, envelope: JsonObject): JsonObject {
  return checkStep(name, 'QualityCheck', {
    checkType: 'DATA_QUALITY',
    inputs: {baseline_dataset_input: 's3://data/now.csv'},
    output,
    environment: {
      output_path: '/opt/ml/processing/output',
      publish_cloudwatch_metrics: 'Disabled',
      dataset_format: '{"csv": {"header": true, "output_columns_position": "START"}}',
      dataset_source: `${inputRoot}/baseline_dataset_input`,
    },
    envelope,
  })
}

/** Registers a package of the group with the baselines of a check. */
export function registerBaselines(name: string, group: string, check: string): JsonObject {
  const file = (member: string) => ({ContentType: 'application/json', S3Uri: get(`Steps.${check}.${member}`)})
  return {
    Name: name,
    Type: 'RegisterModel',
    Arguments: {
      ModelPackageGroupName: group,
      ModelApprovalStatus: 'PendingManualApproval',
      ModelMetrics: {
        ModelDataQuality: {
          Statistics: file('CalculatedBaselineStatistics'),
          Constraints: file('CalculatedBaselineConstraints'),
        },
      },
      DriftCheckBaselines: {
        ModelDataQuality: {
          Statistics: file('BaselineUsedForDriftCheckStatistics'),
          Constraints: file('BaselineUsedForDriftCheckConstraints'),
        },
      },
    },
  }
}

export async function putText({s3}: LocalCloud, uri: string, text: string): Promise<void> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri) ?? []
  await s3.send(new PutObjectCommand({Bucket: bucket, Key: key, Body: text}))
}

export async function makeGroup({sageMaker}: LocalCloud, name: string): Promise<void> {
  await sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: name}))
}

export async function approve({sageMaker}: LocalCloud, finished: Finished, stepName: string): Promise<void> {
  const ModelPackageArn = finished.step(stepName)?.Metadata?.RegisterModel?.Arn
  await sageMaker.send(new UpdateModelPackageCommand({ModelPackageArn, ModelApprovalStatus: 'Approved'}))
}
