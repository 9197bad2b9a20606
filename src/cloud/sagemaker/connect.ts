// SageMaker through the AWS SDK: one client behind several ports.

import {SageMakerClient} from '@aws-sdk/client-sagemaker'
import {equipped} from '../client-middleware.ts'
import {type CloudOptions, clientSettings} from '../client-options.ts'
import type {Cloud} from '../ports.ts'
import {executionsPort} from './executions.ts'
import {jobsPort} from './jobs.ts'
import {monitorsPort} from './monitors.ts'
import {pipelinesPort} from './pipelines.ts'
import {registryPort} from './registry.ts'

export type SageMakerPorts = Pick<Cloud, 'pipelines' | 'executions' | 'jobs' | 'registry' | 'monitors'>

export function sageMakerClient(options: CloudOptions): SageMakerClient {
  const settings = clientSettings(options, `api.sagemaker.${options.region}.amazonaws.com`)
  return equipped(new SageMakerClient(settings), options)
}

export function sageMakerPorts(client: SageMakerClient): SageMakerPorts {
  return {
    pipelines: pipelinesPort(client),
    executions: executionsPort(client),
    jobs: jobsPort(client),
    registry: registryPort(client),
    monitors: monitorsPort(client),
  }
}
