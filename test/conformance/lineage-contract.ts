// The contract's part on lineage: a model is trained and registered, and what made it is asked for; entities of one's own beside it.

import {randomUUID} from 'node:crypto'
import {beforeAll, describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import {shellImage, trainingPipeline} from '../engine/support/lineage-pipeline.ts'
import {roleArn, until} from '../engine/support/local-cloud.ts'
import {type Client, errorOf, output} from './client.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'

/** `current` gives the client, once there is one. */
export function lineageContract(current: () => Client): void {
  const call = (operation: string, input: JsonObject) => output(current(), 'sagemaker', operation, input)
  const refusal = (operation: string, input: JsonObject) => errorOf(current(), 'sagemaker', operation, input)

  async function listed(operation: string, member: string, input: JsonObject): Promise<JsonObject[]> {
    return (await call(operation, input))[member] as JsonObject[]
  }

  async function artifactOf(SourceUri: string): Promise<string> {
    const [found, ...more] = await listed('ListArtifacts', 'ArtifactSummaries', {SourceUri})
    expect(more).toEqual([])
    return String(found?.ArtifactArn)
  }

  describe('lineage', () => {
    let executionArn = ''
    const packageArn = `${account}:model-package/traced/1`
    const pointsUri = () => `s3://mlpipe-local/${executionArn.split('/').at(-1)}/points`

    beforeAll(async () => {
      await call('CreateModelPackageGroup', {ModelPackageGroupName: 'traced'})
      const PipelineDefinition = JSON.stringify(trainingPipeline('traced'))
      const definition = {PipelineName: 'traced', PipelineDefinition, RoleArn: roleArn}
      await call('CreatePipeline', {...definition, ClientRequestToken: randomUUID()})
      const started = await call('StartPipelineExecution', {PipelineName: 'traced', ClientRequestToken: randomUUID()})
      executionArn = String(started.PipelineExecutionArn)
      const look = () => call('DescribePipelineExecution', {PipelineExecutionArn: executionArn})
      await until(async () => (await look()).PipelineExecutionStatus !== 'Executing')
      expect((await look()).PipelineExecutionStatus).toBe('Succeeded')
    })

    async function trainingJobArn(): Promise<string> {
      const input = {PipelineExecutionArn: executionArn}
      const steps = await listed('ListPipelineExecutionSteps', 'PipelineExecutionSteps', input)
      const metadata = steps.find(({StepName}) => StepName === 'train')?.Metadata as {TrainingJob?: {Arn: string}}
      return metadata.TrainingJob?.Arn ?? ''
    }

    it('leads from a package back to its data', async () => {
      const StartArns = [await artifactOf(packageArn)]
      const input = {StartArns, Direction: 'Ascendants', IncludeEdges: true}
      const found = await call('QueryLineage', input)
      const vertices = found.Vertices as JsonObject[]
      expect(vertices).toContainEqual({Arn: await artifactOf(pointsUri()), Type: 'DataSet', LineageType: 'Artifact'})
      expect(vertices.map(({Type}) => Type).sort()).toEqual(
        ['Model', 'Model', 'Image', 'Approval', 'TrainingJob', 'DataSet', 'ProcessingJob'].sort(),
      )
      // Image and data into both jobs, and out of them; what is in the package, and its approval.
      expect(found.Edges).toHaveLength(8)
      const filtered = await call('QueryLineage', {...input, IncludeEdges: false, Filters: {Types: ['TrainingJob']}})
      expect(filtered.Vertices).toMatchObject([{LineageType: 'TrialComponent'}])
    })

    it('is paged', async () => {
      const input = {StartArns: [await artifactOf(packageArn)], Direction: 'Ascendants', MaxResults: 3}
      const arns: Json[] = []
      let NextToken: JsonObject = {}
      do {
        const page = await call('QueryLineage', {...input, ...NextToken})
        arns.push(...(page.Vertices as JsonObject[]).map(({Arn}) => Arn ?? ''))
        NextToken = typeof page.NextToken === 'string' ? {NextToken: page.NextToken} : {}
      } while ('NextToken' in NextToken)
      expect(arns).toHaveLength(7)
      expect(new Set(arns).size).toBe(7)
    })

    it('shows a training job as a trial component', async () => {
      const SourceArn = await trainingJobArn()
      const [summary] = await listed('ListTrialComponents', 'TrialComponentSummaries', {SourceArn})
      const TrialComponentName = String(summary?.TrialComponentName)
      expect(await call('DescribeTrialComponent', {TrialComponentName})).toMatchObject({
        Source: {SourceArn, SourceType: 'SageMakerTrainingJob'},
        Status: {PrimaryStatus: 'Completed'},
        Parameters: {
          epochs: {NumberValue: 12},
          loss: {StringValue: 'log'},
          'SageMaker.ImageUri': {StringValue: shellImage},
        },
        InputArtifacts: {points: {MediaType: 'text/csv', Value: pointsUri()}},
        Metrics: [{MetricName: 'val:acc', SourceArn, Last: 0.97}],
      })
      const DestinationArn = String(summary?.TrialComponentArn)
      const taken = await listed('ListAssociations', 'AssociationSummaries', {DestinationArn, SourceType: 'DataSet'})
      expect(taken).toMatchObject([
        {
          SourceArn: await artifactOf(pointsUri()),
          AssociationType: 'ContributedTo',
          DestinationType: 'SageMakerTrainingJob',
          DestinationName: TrialComponentName,
        },
      ])
    })

    it('takes artifacts of one’s own, one for each source, and lets them go', async () => {
      const Source = {SourceUri: 's3://elsewhere/report.json'}
      const report = {ArtifactName: 'report', ArtifactType: 'Report', Source, Properties: {rows: '10'}}
      const ArtifactArn = String((await call('CreateArtifact', report)).ArtifactArn)
      expect(await refusal('CreateArtifact', report)).toBe('ValidationException')
      await call('UpdateArtifact', {ArtifactArn, Properties: {rows: '11'}})
      expect(await call('DescribeArtifact', {ArtifactArn})).toMatchObject({
        ArtifactName: 'report',
        Properties: {rows: '11'},
      })
      await call('DeleteArtifact', {Source})
      expect(await refusal('DescribeArtifact', {ArtifactArn})).toBe('ResourceNotFound')
      expect(await refusal('QueryLineage', {StartArns: [ArtifactArn]})).toBe('ResourceNotFound')
    })

    it('takes actions and contexts of one’s own', async () => {
      const action = {ActionName: 'audit', ActionType: 'Review', Source: {SourceUri: packageArn}, Status: 'InProgress'}
      await call('CreateAction', action)
      await call('UpdateAction', {ActionName: 'audit', Status: 'Completed'})
      expect(await call('DescribeAction', {ActionName: 'audit'})).toMatchObject({Status: 'Completed'})
      await call('DeleteAction', {ActionName: 'audit'})
      await call('CreateContext', {ContextName: 'audit_1', ContextType: 'Audit', Source: {SourceUri: 'audit'}})
      await call('DeleteContext', {ContextName: 'audit_1'})
      const [group] = await listed('ListContexts', 'ContextSummaries', {ContextType: 'ModelGroup'})
      expect(group).toMatchObject({Source: {SourceUri: `${account}:model-package-group/traced`}})
    })

    it('takes associations of one’s own, which keep their ends', async () => {
      const action = {ActionName: 'review', ActionType: 'Review', Source: {SourceUri: packageArn}}
      const SourceArn = String((await call('CreateAction', action)).ActionArn)
      const DestinationArn = await artifactOf(pointsUri())
      const pair = {SourceArn, DestinationArn}
      await call('AddAssociation', {...pair, AssociationType: 'AssociatedWith'})
      const [association] = await listed('ListAssociations', 'AssociationSummaries', {SourceArn})
      expect(association).toMatchObject({...pair, SourceName: 'review', AssociationType: 'AssociatedWith'})
      const below = await call('QueryLineage', {StartArns: [SourceArn], Direction: 'Descendants', MaxDepth: 1})
      expect((below.Vertices as JsonObject[]).map(({Arn}) => Arn)).toEqual([SourceArn, DestinationArn])
      expect(await refusal('DeleteAction', {ActionName: 'review'})).toBe('ValidationException')
      await call('DeleteAssociation', pair)
      await call('DeleteAction', {ActionName: 'review'})
    })
  })
}
