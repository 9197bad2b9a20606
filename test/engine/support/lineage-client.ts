// Questions to the lineage API that several tests ask, through the SDK's own client.

import {
  type AssociationSummary,
  ListArtifactsCommand,
  paginateListAssociations,
  paginateQueryLineage,
  type QueryLineageCommandInput,
  type SageMakerClient,
  type Vertex,
} from '@aws-sdk/client-sagemaker'

/** The ARN of the one artifact with that URI. */
export async function artifactOf(client: SageMakerClient, SourceUri: string): Promise<string> {
  const {ArtifactSummaries: found = []} = await client.send(new ListArtifactsCommand({SourceUri}))
  if (found.length !== 1) throw new Error(`${found.length} artifacts have the source ${SourceUri}`)
  return found[0]?.ArtifactArn ?? ''
}

export async function associations(
  client: SageMakerClient,
  input: {readonly SourceArn?: string; readonly DestinationArn?: string} = {},
): Promise<AssociationSummary[]> {
  const found: AssociationSummary[] = []
  for await (const page of paginateListAssociations({client}, input)) found.push(...(page.AssociationSummaries ?? []))
  return found
}

/** Every vertex of every page, in that order. */
export async function vertices(client: SageMakerClient, input: QueryLineageCommandInput): Promise<Vertex[]> {
  const found: Vertex[] = []
  for await (const page of paginateQueryLineage({client}, input)) found.push(...(page.Vertices ?? []))
  return found
}
