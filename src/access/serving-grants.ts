// What whoever deploys needs to put registered models behind an endpoint: that of the group's name, or one that a step names.
// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker AI".

import {servingPrefix} from '../definition/serving-names.ts'
import type {Grant} from './grants.ts'
import {arn, sageMakerArns} from './place.ts'
import {sageMaker} from './sagemaker-grants.ts'
import {type AccessSubject, stepsOf} from './subject.ts'

/** Nothing for a pipeline that registers no models. */
export function servingGrants(subject: AccessSubject): Grant[] {
  if (subject.modelPackageGroups.length === 0) return []
  return [
    ...servedEndpoints(subject).flatMap((name) => endpointGrants(name, subject)),
    {
      topic: 'FindEndpoints',
      actions: sageMaker('ListEndpoints', 'ListEndpointConfigs', 'ListModels'),
      resources: ['*'],
    },
  ]
}

function servedEndpoints(subject: AccessSubject): string[] {
  const named = stepsOf(subject).flatMap(({Type, Arguments}) => {
    const name = Type === 'Endpoint' ? Arguments['EndpointName'] : undefined
    return typeof name === 'string' ? [name] : []
  })
  return [...new Set([...subject.modelPackageGroups, ...named])]
}

function endpointGrants(name: string, subject: AccessSubject): Grant[] {
  const made = `${servingPrefix(name)}*`
  const endpoint = sageMakerArns(subject, 'endpoint', name)
  const configs = sageMakerArns(subject, 'endpoint-config', made)
  const ofTags = ['AddTags', 'ListTags']
  return [
    {
      topic: 'Endpoints',
      actions: sageMaker('CreateEndpoint', 'UpdateEndpoint', 'DescribeEndpoint', 'DeleteEndpoint', ...ofTags),
      resources: endpoint,
    },
    {
      topic: 'EndpointConfigs',
      actions: sageMaker(
        ...['CreateEndpointConfig', 'DescribeEndpointConfig', 'DeleteEndpointConfig', ...ofTags],
        // Asked of the configuration too that the endpoint is given.
        ...['CreateEndpoint', 'UpdateEndpoint'],
      ),
      resources: configs,
    },
    {
      topic: 'ServedModels',
      actions: sageMaker('CreateModel', 'DescribeModel', 'DeleteModel', ...ofTags),
      resources: sageMakerArns(subject, 'model', made),
    },
    {
      topic: 'ReadLogs',
      actions: ['DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents'].map((action) => `logs:${action}`),
      resources: [arn(subject, 'logs', `log-group:/aws/sagemaker/Endpoints/${name}*`)],
    },
  ]
}
