// SageMaker through the AWS SDK: one client behind four ports.

import {SageMakerClient} from '@aws-sdk/client-sagemaker'
import {type CloudOptions, embeddedSettings} from '../client-options.ts'
import type {Cloud} from '../ports.ts'
import {executionsPort} from './executions.ts'
import {jobsPort} from './jobs.ts'
import {pipelinesPort} from './pipelines.ts'
import {registryPort} from './registry.ts'

export type SageMakerPorts = Pick<Cloud, 'pipelines' | 'executions' | 'jobs' | 'registry'>

export function sageMakerPorts({region, requestHandler}: CloudOptions): SageMakerPorts {
  const client = new SageMakerClient(
    requestHandler ? embeddedSettings(region, `api.sagemaker.${region}.amazonaws.com`, requestHandler) : {region},
  )
  return {
    pipelines: pipelinesPort(client),
    executions: executionsPort(client),
    jobs: jobsPort(client),
    registry: registryPort(client),
  }
}
