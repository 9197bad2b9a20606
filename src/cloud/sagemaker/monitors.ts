// Model Monitor's schedules: what they watch, and whether their jobs send metrics, as far as it can be told.

import {
  DescribeDataQualityJobDefinitionCommand,
  DescribeModelBiasJobDefinitionCommand,
  DescribeModelExplainabilityJobDefinitionCommand,
  DescribeModelQualityJobDefinitionCommand,
  DescribeMonitoringScheduleCommand,
  type MonitoringType,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {call, isDenied, isGone, orUndefined} from '../call.ts'
import {defined} from '../fields.ts'
import type {MonitorsPort} from '../trigger-ports.ts'

type Environment = Readonly<Record<string, string>>

/** What a job of the schedule is told. */
type Job = {
  readonly input?: {readonly EndpointInput?: {readonly EndpointName?: string | undefined} | undefined} | undefined
  readonly environment?: Environment | undefined
}

export function monitorsPort(client: SageMakerClient): MonitorsPort {
  return {
    async find(name) {
      const command = new DescribeMonitoringScheduleCommand({MonitoringScheduleName: name})
      const schedule = await orUndefined(call('DescribeMonitoringSchedule', client.send(command)))
      if (!schedule) return undefined
      const {MonitoringScheduleArn: arn = '', MonitoringScheduleConfig: config, EndpointName} = schedule
      const job = await jobOf(config ?? {}, client)
      const endpoint = job?.input?.EndpointInput?.EndpointName ?? EndpointName
      return {arn, ...defined({endpoint, publishesMetrics: publishes(job?.environment)})}
    },
  }
}

/** The monitoring containers read this one; without it nothing is told (Developer Guide, "Container Contract Inputs"). */
function publishes(environment: Environment | undefined): boolean | undefined {
  const setting = environment?.['publish_cloudwatch_metrics']
  return setting === undefined ? undefined : setting === 'Enabled'
}

type Config = {
  readonly MonitoringJobDefinition?:
    | {
        readonly MonitoringInputs: readonly NonNullable<Job['input']>[] | undefined
        readonly Environment?: Environment | undefined
      }
    | undefined
  readonly MonitoringJobDefinitionName?: string | undefined
  readonly MonitoringType?: MonitoringType | undefined
}

/** Older schedules hold the definition of their jobs, the others name one. Undefined where it is gone, or kept from the caller. */
async function jobOf(config: Config, client: SageMakerClient): Promise<Job | undefined> {
  const {MonitoringJobDefinition: own, MonitoringJobDefinitionName: name, MonitoringType: type} = config
  if (own) return {input: own.MonitoringInputs?.[0], environment: own.Environment}
  if (name === undefined || type === undefined) return undefined
  return orUndefined(describeJob(type, name, client), (error) => isGone(error) || isDenied(error))
}

async function describeJob(type: MonitoringType, name: string, client: SageMakerClient): Promise<Job | undefined> {
  const input = {JobDefinitionName: name}
  switch (type) {
    case 'DataQuality': {
      const command = new DescribeDataQualityJobDefinitionCommand(input)
      const found = await call('DescribeDataQualityJobDefinition', client.send(command))
      return {input: found.DataQualityJobInput, environment: found.DataQualityAppSpecification?.Environment}
    }
    case 'ModelQuality': {
      const command = new DescribeModelQualityJobDefinitionCommand(input)
      const found = await call('DescribeModelQualityJobDefinition', client.send(command))
      return {input: found.ModelQualityJobInput, environment: found.ModelQualityAppSpecification?.Environment}
    }
    case 'ModelBias': {
      const command = new DescribeModelBiasJobDefinitionCommand(input)
      const found = await call('DescribeModelBiasJobDefinition', client.send(command))
      return {input: found.ModelBiasJobInput, environment: found.ModelBiasAppSpecification?.Environment}
    }
    case 'ModelExplainability': {
      const command = new DescribeModelExplainabilityJobDefinitionCommand(input)
      const found = await call('DescribeModelExplainabilityJobDefinition', client.send(command))
      return {
        input: found.ModelExplainabilityJobInput,
        environment: found.ModelExplainabilityAppSpecification?.Environment,
      }
    }
    default:
      return undefined
  }
}
