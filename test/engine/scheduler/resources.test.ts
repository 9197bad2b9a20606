// EndpointConfig, Endpoint, InferenceComponent and Lineage steps through the real engine and the SDK client.

import {writeFileSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeInferenceComponentCommand,
  ListAssociationsCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListInferenceComponentsCommand,
  ListTagsCommand,
  RetryPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {after, fail, get, join, pipeline} from '../support/definitions.ts'
import {ask, runtimeOf, settled} from '../support/endpoints.ts'
import {putArchive} from '../support/job-definitions.ts'
import {localCloud, outcomeOf, putPipeline, run, start, stepsOf, until} from '../support/local-cloud.ts'

const model = {
  Name: 'Model',
  Type: 'Model',
  Arguments: {PrimaryContainer: {Image: 'image'}, ExecutionRoleArn: 'arn:role'},
}

function config(name: Json | undefined, instances = 1): JsonObject {
  return {
    Name: 'Config',
    Type: 'EndpointConfig',
    Arguments: {
      ...(name === undefined ? {} : {EndpointConfigName: name}),
      ProductionVariants: [
        {
          VariantName: 'AllTraffic',
          ModelName: get('Steps.Model.ModelName'),
          InstanceType: 'ml.m5.large',
          InitialInstanceCount: instances,
          InitialVariantWeight: 1,
        },
      ],
      Tags: [{Key: 'team', Value: 'churn'}],
    },
  }
}

const perExecution = join('-', 'cfg', get('Execution.PipelineExecutionId'))
const endpoint = {
  Name: 'Endpoint',
  Type: 'Endpoint',
  Arguments: {EndpointName: 'churn', EndpointConfigName: get('Steps.Config.EndpointConfigName')},
  Description: 'goes live',
}
const component = {
  Name: 'Component',
  Type: 'InferenceComponent',
  Arguments: {
    InferenceComponentName: 'churn-model',
    EndpointName: get('Steps.Endpoint.EndpointName'),
    VariantName: 'AllTraffic',
    Specification: {
      ModelName: get('Steps.Model.ModelName'),
      ComputeResourceRequirements: {NumberOfCpuCoresRequired: 2, MinMemoryRequiredInMb: 1024},
    },
    RuntimeConfig: {CopyCount: 2},
  },
}

describe('an endpoint', () => {
  it('is made with its configuration and its component, and says when nothing of its model runs here', async () => {
    const cloud = localCloud()
    await putPipeline(cloud, 'deploy', pipeline([model, config(perExecution), endpoint, component]))
    const finished = await run(cloud, 'deploy')
    expect(finished.status).toBe('Succeeded')
    const id = finished.arn.split('/').at(-1)
    const arn = (rest: string) => `arn:aws:sagemaker:us-east-1:000000000000:${rest}`
    expect(finished.step('Config')?.Metadata).toEqual({EndpointConfig: {Arn: arn(`endpoint-config/cfg-${id}`)}})
    expect(finished.step('Endpoint')?.Metadata).toEqual({Endpoint: {Arn: arn('endpoint/churn')}})
    expect(finished.step('Component')?.Metadata).toEqual({
      InferenceComponent: {Arn: arn('inference-component/churn-model')},
    })
    expect(finished.step('Endpoint')?.StepDescription).toBe(
      '[simulated] the model has no inference script that can run here (the model has no data), only the image image\ngoes live',
    )
    expect(finished.step('Component')?.StepDescription).toBe(
      '[simulated] recorded, not served: nothing answers at this inference component',
    )
    expect(finished.step('Config')?.StepDescription).toBeUndefined()

    const {sageMaker} = cloud
    const EndpointConfigName = `cfg-${id}`
    const configured = await sageMaker.send(new DescribeEndpointConfigCommand({EndpointConfigName}))
    expect(configured).toMatchObject({EndpointConfigName, EndpointConfigArn: arn(`endpoint-config/cfg-${id}`)})
    expect(configured.ProductionVariants?.[0]?.ModelName).toMatch(/^pipelines-\w+-Model-/)
    expect(configured.CreationTime).toBeInstanceOf(Date)
    expect(configured).not.toHaveProperty('Tags')

    const described = await sageMaker.send(new DescribeEndpointCommand({EndpointName: 'churn'}))
    expect(described).toMatchObject({
      EndpointName: 'churn',
      EndpointConfigName,
      EndpointStatus: 'InService',
      ProductionVariants: [
        {VariantName: 'AllTraffic', CurrentInstanceCount: 1, DesiredInstanceCount: 1, CurrentWeight: 1},
      ],
    })
    const served = await sageMaker.send(new DescribeInferenceComponentCommand({InferenceComponentName: 'churn-model'}))
    expect(served).toMatchObject({
      EndpointName: 'churn',
      EndpointArn: arn('endpoint/churn'),
      VariantName: 'AllTraffic',
      InferenceComponentStatus: 'InService',
      RuntimeConfig: {DesiredCopyCount: 2, CurrentCopyCount: 2},
    })
    const tags = await sageMaker.send(new ListTagsCommand({ResourceArn: configured.EndpointConfigArn}))
    expect(tags.Tags).toEqual([
      {Key: 'team', Value: 'churn'},
      {Key: 'sagemaker:pipeline-execution-arn', Value: finished.arn},
    ])
  })

  it('gets another configuration when its name is taken, and keeps its age', async () => {
    let now = 1_700_000_000_000
    const cloud = localCloud({now: () => now})
    const describe = () => cloud.sageMaker.send(new DescribeEndpointCommand({EndpointName: 'churn'}))
    await putPipeline(cloud, 'deploy', pipeline([model, config(perExecution), endpoint]))
    await run(cloud, 'deploy')
    const before = await describe()

    now += 60_000
    await putPipeline(cloud, 'deploy', pipeline([model, config(perExecution, 3), endpoint]))
    await run(cloud, 'deploy')
    const changed = await describe()
    expect(changed.EndpointConfigName).not.toBe(before.EndpointConfigName)
    expect(changed.ProductionVariants?.[0]?.CurrentInstanceCount).toBe(3)
    expect(changed.CreationTime).toEqual(before.CreationTime)
    expect(changed.LastModifiedTime?.getTime()).toBeGreaterThan(before.LastModifiedTime?.getTime() ?? 0)
    const {Endpoints} = await cloud.sageMaker.send(new ListEndpointsCommand({}))
    expect(Endpoints).toHaveLength(1)
  })

  it('has properties that later steps can use', async () => {
    const cloud = localCloud()
    const message = join(' ', get('Steps.Endpoint.EndpointArn'), get('Steps.Config.EndpointConfigArn'))
    await putPipeline(cloud, 'deploy', pipeline([model, config('cfg'), endpoint, fail('Say', message)]))
    expect((await run(cloud, 'deploy')).failureReason).toBe(
      'arn:aws:sagemaker:us-east-1:000000000000:endpoint/churn arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/cfg',
    )
  })

  it('makes up names that are not given', async () => {
    const cloud = localCloud()
    const {EndpointName: _name, ...unnamed} = endpoint.Arguments
    await putPipeline(cloud, 'deploy', pipeline([model, config(undefined), {...endpoint, Arguments: unnamed}]))
    expect((await run(cloud, 'deploy')).status).toBe('Succeeded')
    const {EndpointConfigs} = await cloud.sageMaker.send(new ListEndpointConfigsCommand({}))
    expect(EndpointConfigs?.[0]?.EndpointConfigName).toMatch(/^pipelines-\w{12}-Config-\w{10}$/)
    const {Endpoints} = await cloud.sageMaker.send(new ListEndpointsCommand({NameContains: 'Endpoint'}))
    expect(Endpoints?.[0]?.EndpointName).toMatch(/^pipelines-\w{12}-Endpoint-\w{10}$/)
  })
})

describe('an endpoint whose model has a script', () => {
  const scripted = (script: string) => ({
    script,
    model: {
      ...model,
      Arguments: {
        ...model.Arguments,
        PrimaryContainer: {Image: 'image', ModelDataUrl: 's3://mlpipe-local/model.tar.gz'},
      },
    },
  })
  const answering = scripted(
    'def model_fn(d): return 7\ndef transform_fn(model, body, kind, accept): return str(model)\n',
  )

  it('answers when its step is over', async () => {
    const cloud = localCloud()
    await putArchive(cloud, 's3://mlpipe-local/model.tar.gz', {'code/inference.py': answering.script})
    await putPipeline(cloud, 'deploy', pipeline([answering.model, config(perExecution), endpoint]))
    const finished = await run(cloud, 'deploy')
    expect(finished.status).toBe('Succeeded')
    expect(finished.step('Endpoint')).toMatchObject({StepStatus: 'Succeeded', StepDescription: 'goes live'})
    expect(await ask(runtimeOf(cloud), 'churn')).toBe('7')
    const again = await run(cloud, 'deploy')
    expect(again.status).toBe('Succeeded')
    const {EndpointConfigName} = await cloud.sageMaker.send(new DescribeEndpointCommand({EndpointName: 'churn'}))
    expect(EndpointConfigName).toBe(`cfg-${again.arn.split('/').at(-1)}`)
  })

  it('fails its step with the reason when it does not load, and is as it was', async () => {
    const cloud = localCloud()
    await putArchive(cloud, 's3://mlpipe-local/model.tar.gz', {'code/inference.py': answering.script})
    await putPipeline(cloud, 'deploy', pipeline([answering.model, config(perExecution), endpoint]))
    await run(cloud, 'deploy')
    await putArchive(cloud, 's3://mlpipe-local/model.tar.gz', {'code/inference.py': 'def model_fn(d): return x\n'})
    const finished = await run(cloud, 'deploy')
    expect(finished.status).toBe('Failed')
    expect(finished.step('Endpoint')).toMatchObject({
      StepStatus: 'Failed',
      FailureReason: expect.stringMatching(
        /^ClientError: The primary container .* NameError: name 'x' is not defined$/,
      ),
      Metadata: {Endpoint: {Arn: 'arn:aws:sagemaker:us-east-1:000000000000:endpoint/churn'}},
    })
    expect(await ask(runtimeOf(cloud), 'churn')).toBe('7')
  })

  it('is left to itself when the execution is stopped meanwhile', async () => {
    const cloud = localCloud()
    const gate = joinPath(tempDir(), 'open')
    const script = `import os, time\ndef model_fn(d):\n    while not os.path.exists("${gate}"): time.sleep(0.01)\n`
    await putArchive(cloud, 's3://mlpipe-local/model.tar.gz', {'code/inference.py': script})
    await putPipeline(cloud, 'deploy', pipeline([answering.model, config(perExecution), endpoint]))
    const PipelineExecutionArn = await start(cloud, 'deploy')
    await until(async () => (await stepsOf(cloud, PipelineExecutionArn)).length === 3)
    await cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn}))
    await until(async () => (await outcomeOf(cloud, PipelineExecutionArn)).status === 'Stopped')
    expect((await outcomeOf(cloud, PipelineExecutionArn)).step('Endpoint')?.StepStatus).toBe('Stopped')
    writeFileSync(gate, '')
    expect(await settled(cloud, 'churn')).toMatchObject({EndpointStatus: 'InService'})
  })

  it('is waited for by the retry of an execution whose process was killed', async () => {
    const first = localCloud()
    const {stateDirectory} = first
    const gate = joinPath(tempDir(), 'open')
    const script = `import os, time\ndef model_fn(d):\n    while not os.path.exists("${gate}"): time.sleep(0.01)\n`
    await putArchive(first, 's3://mlpipe-local/model.tar.gz', {'code/inference.py': script})
    await putPipeline(first, 'deploy', pipeline([answering.model, config(perExecution), endpoint]))
    const PipelineExecutionArn = await start(first, 'deploy')
    await until(async () => (await stepsOf(first, PipelineExecutionArn)).length === 3)
    first.engine.kill()

    const next = localCloud({stateDirectory})
    writeFileSync(gate, '')
    await next.sageMaker.send(new RetryPipelineExecutionCommand({PipelineExecutionArn}))
    await next.engine.idle()
    const finished = await outcomeOf(next, PipelineExecutionArn)
    expect(finished.step('Endpoint')).toMatchObject({StepStatus: 'Succeeded', AttemptCount: 1})
  })
})

describe('what is refused', () => {
  it('a configuration whose name is taken', async () => {
    const cloud = localCloud()
    await putPipeline(cloud, 'deploy', pipeline([model, config('cfg')]))
    await run(cloud, 'deploy')
    const again = await run(cloud, 'deploy')
    expect(again.step('Config')?.FailureReason).toBe(
      'ClientError: Failed to invoke sagemaker:CreateEndpointConfig. Error Details: Cannot create already existing endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/cfg".',
    )
  })

  it.each([
    [
      {...endpoint, Arguments: {EndpointName: 'churn', EndpointConfigName: 'gone'}},
      /CreateEndpoint\. Error Details: Could not find endpoint configuration ".*:endpoint-config\/gone"\.$/,
    ],
    [
      {...component, Arguments: {...component.Arguments, EndpointName: 'gone'}},
      /CreateInferenceComponent\. Error Details: Could not find endpoint ".*:endpoint\/gone"\.$/,
    ],
  ])('what refers to a thing that is not there', async (step, reason) => {
    const cloud = localCloud()
    await putPipeline(cloud, 'deploy', pipeline([model, step]))
    expect((await run(cloud, 'deploy')).step(step.Name)?.FailureReason).toMatch(reason)
  })

  it.each([
    [
      new DescribeEndpointCommand({EndpointName: 'x'}),
      'Could not find endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/x".',
    ],
    [
      new DescribeEndpointConfigCommand({EndpointConfigName: 'x'}),
      'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/x".',
    ],
    [
      new DescribeInferenceComponentCommand({InferenceComponentName: 'x'}),
      'Could not find inference component "arn:aws:sagemaker:us-east-1:000000000000:inference-component/x".',
    ],
  ])('a look at what is not there', async (command, message) => {
    const {sageMaker} = localCloud()
    await expect(sageMaker.send(command as DescribeEndpointCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    })
  })
})

it('lists by name, status and endpoint', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'deploy', pipeline([model, config('cfg'), endpoint, component]))
  await run(cloud, 'deploy')
  const {sageMaker} = cloud
  const endpoints = async (input: object) => (await sageMaker.send(new ListEndpointsCommand(input))).Endpoints?.length
  expect(await endpoints({NameContains: 'hur'})).toBe(1)
  expect(await endpoints({NameContains: 'other'})).toBe(0)
  expect(await endpoints({StatusEquals: 'InService'})).toBe(1)
  expect(await endpoints({StatusEquals: 'Failed'})).toBe(0)
  const components = async (input: object) =>
    (await sageMaker.send(new ListInferenceComponentsCommand(input))).InferenceComponents?.map(
      ({InferenceComponentName}) => InferenceComponentName,
    )
  expect(await components({EndpointNameEquals: 'churn'})).toEqual(['churn-model'])
  expect(await components({EndpointNameEquals: 'other'})).toEqual([])
  expect(await components({VariantNameEquals: 'AllTraffic'})).toEqual(['churn-model'])
})

describe('lineage', () => {
  const lineage = (association: JsonObject) => ({
    Name: 'Lineage',
    Type: 'Lineage',
    Arguments: {
      Actions: [
        {ActionName: 'evaluate', ActionType: 'Evaluation', Source: {SourceUri: get('Execution.PipelineExecutionArn')}},
      ],
      Artifacts: [{ArtifactName: 'report', ArtifactType: 'Report', Source: {SourceUri: 's3://b/report.json'}}],
      Contexts: [{ContextName: 'model', ContextType: 'Model', Source: {SourceUri: 'arn:model'}}],
      Associations: [association],
    },
  })
  const arn = (rest: string) => `arn:aws:sagemaker:us-east-1:000000000000:${rest}`

  it('is recorded once for each name or source, with its associations', async () => {
    const cloud = localCloud()
    const association = {
      Source: {Name: 'evaluate', Type: 'Action'},
      Destination: {Name: 'report', Type: 'Artifact'},
      AssociationType: 'Produced',
    }
    await putPipeline(cloud, 'trace', pipeline([lineage(association)]))
    const first = await run(cloud, 'trace')
    expect(first.status).toBe('Succeeded')
    const found = first.step('Lineage')?.Metadata?.Lineage
    expect(found?.ActionArns).toEqual({evaluate: arn('action/evaluate')})
    expect(found?.ContextArns).toEqual({model: arn('context/model')})
    expect(found?.ArtifactArns?.report).toMatch(/:artifact\/[0-9a-f]{32}$/)
    expect(found?.Associations).toEqual([
      {SourceArn: arn('action/evaluate'), DestinationArn: found?.ArtifactArns?.report},
    ])
    const second = await run(cloud, 'trace')
    expect(second.step('Lineage')?.Metadata?.Lineage).toEqual(found)

    const {AssociationSummaries} = await cloud.sageMaker.send(new ListAssociationsCommand({}))
    expect(AssociationSummaries).toMatchObject([
      {
        SourceName: 'evaluate',
        SourceType: 'Evaluation',
        DestinationName: 'report',
        DestinationType: 'Report',
        AssociationType: 'Produced',
      },
    ])
  })

  it('fails on an association with something unknown', async () => {
    const cloud = localCloud()
    const association = {Source: {Arn: arn('artifact/x')}, Destination: {Name: 'other', Type: 'Context'}}
    await putPipeline(cloud, 'trace', pipeline([lineage(association), {...fail('Later', 'no'), ...after('Lineage')}]))
    expect((await run(cloud, 'trace')).step('Lineage')?.FailureReason).toBe(
      'ClientError: the association names {"Name":"other","Type":"Context"}, which is no action, context or artifact of the step',
    )
  })
})
