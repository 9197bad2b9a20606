// A state that was made before there was lineage: what it holds has its entities once an engine has opened it.

import {join as joinPath} from 'node:path'
import {
  CreateModelPackageGroupCommand,
  DescribeArtifactCommand,
  ListActionsCommand,
  ListArtifactsCommand,
  ListAssociationsCommand,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import Database from 'libsql'
import {expect, it} from 'vitest'
import {associations, vertices} from '../support/lineage-client.ts'
import {trainingPipeline} from '../support/lineage-pipeline.ts'
import {localCloud, putPipeline, run} from '../support/local-cloud.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'

async function graphOf(client: SageMakerClient) {
  const {ArtifactSummaries = []} = await client.send(new ListArtifactsCommand({MaxResults: 100}))
  const {ActionSummaries = []} = await client.send(new ListActionsCommand({}))
  const edges = await associations(client)
  const byEnds = edges.map(({SourceArn, DestinationArn, AssociationType, CreationTime}) =>
    JSON.stringify([SourceArn, AssociationType, DestinationArn, CreationTime]),
  )
  return {
    artifacts: ArtifactSummaries.toSorted((a, b) => ((a.ArtifactArn ?? '') < (b.ArtifactArn ?? '') ? -1 : 1)),
    actions: ActionSummaries,
    edges: byEnds.sort(),
  }
}

/** As version 5 left it: no tables of lineage, no columns of version 7, and what a Lineage step made among the resources. */
function takeBackToVersion5(stateDirectory: string): void {
  const raw = new Database(joinPath(stateDirectory, 'state.db'))
  raw.exec(`
    DELETE FROM associations;
    DROP TABLE lineageEntities;
    DROP TABLE lineageBacklog;
    DROP TABLE deployments;
    ALTER TABLE executions DROP COLUMN mlflowExperiment;
    ALTER TABLE packageGroups DROP COLUMN managedStorage;
    ALTER TABLE packages DROP COLUMN updateToken;
    INSERT INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs) VALUES (
      '${account}:artifact/00112233445566778899aabbccddeeff', 'Artifact', '00112233445566778899aabbccddeeff',
      '{"ArtifactName":"report","ArtifactType":"Report","Source":{"SourceUri":"s3://b/report.json"},"Properties":{"a":"1"}}',
      '{"ArtifactName":"report","MetadataProperties":{"GeneratedBy":"e"}}', 'e', 1000, 2000);
    INSERT INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs) VALUES (
      '${account}:action/evaluate', 'Action', 'evaluate',
      '{"ActionName":"evaluate","ActionType":"Evaluation","Source":{"SourceUri":"arn:e"}}', '{"ActionName":"evaluate"}', 'e', 1000, 1000);
    INSERT INTO associations (sourceArn, destinationArn, type, executionArn, createdAtMs)
      VALUES ('${account}:action/evaluate', '${account}:artifact/00112233445566778899aabbccddeeff', 'Produced', 'e', 1000);
    INSERT INTO models (arn, name, request, createdAtMs) VALUES (
      '${account}:model/m', 'm', '{"PrimaryContainer":{"ModelDataUrl":"s3://b/report.json"}}', 1000);
    INSERT INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs) VALUES (
      '${account}:endpoint-config/c', 'EndpointConfig', 'c', '{"ProductionVariants":[{"VariantName":"v","ModelName":"m"}]}',
      '{"EndpointConfigName":"c"}', 'e', 3000, 3000);
    INSERT INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs) VALUES (
      '${account}:endpoint/live', 'Endpoint', 'live', '{}', '{"EndpointName":"live","EndpointConfigName":"c"}', 'e', 3000, 4000);
    PRAGMA user_version = 5;
  `)
  raw.close()
}

it('gives past jobs and packages the entities that they would have been given', async () => {
  const first = localCloud()
  const {sageMaker} = first
  await sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'churn'}))
  await putPipeline(first, 'p', trainingPipeline('churn'))
  const finished = await run(first, 'p')
  const ModelPackageArn = finished.step('register')?.Metadata?.RegisterModel?.Arn ?? ''
  await sageMaker.send(new UpdateModelPackageCommand({ModelPackageArn, ModelApprovalStatus: 'Approved'}))
  const before = await graphOf(sageMaker)
  first.engine.close()
  takeBackToVersion5(first.stateDirectory)

  const upgraded = localCloud({stateDirectory: first.stateDirectory})
  const after = await graphOf(upgraded.sageMaker)
  const own = after.artifacts.filter(({ArtifactType}) => ArtifactType !== 'Report')
  expect(own).toEqual(before.artifacts)
  expect(after.actions.filter(({ActionType}) => ActionType === 'Approval')).toEqual(before.actions)
  expect(after.edges).toEqual(expect.arrayContaining(before.edges))
  expect(after.edges).toHaveLength(before.edges.length + 3)

  // What a Lineage step has made, it has kept.
  const ArtifactArn = `${account}:artifact/00112233445566778899aabbccddeeff`
  expect(await upgraded.sageMaker.send(new DescribeArtifactCommand({ArtifactArn}))).toMatchObject({
    ArtifactName: 'report',
    ArtifactType: 'Report',
    Source: {SourceUri: 's3://b/report.json'},
    Properties: {a: '1'},
    MetadataProperties: {GeneratedBy: 'e'},
    CreationTime: new Date(1000),
    LastModifiedTime: new Date(2000),
  })
  const typesFrom = async (Direction: 'Ascendants' | 'Descendants') =>
    (await vertices(upgraded.sageMaker, {StartArns: [ArtifactArn], Direction})).map(({Type}) => Type)
  expect(await typesFrom('Ascendants')).toEqual(['Report', 'Evaluation'])
  // An endpoint of then, by the configuration that it has.
  expect(await typesFrom('Descendants')).toEqual(['Report', 'ModelDeployment', 'Endpoint'])

  // Once: another engine finds nothing to do, and deleted is deleted.
  const again = localCloud({stateDirectory: first.stateDirectory})
  expect(await graphOf(again.sageMaker)).toEqual(after)
  const {AssociationSummaries = []} = await again.sageMaker.send(new ListAssociationsCommand({MaxResults: 100}))
  expect(AssociationSummaries).toHaveLength(after.edges.length)
})
