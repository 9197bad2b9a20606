// Lineage through the AWS SDK.
// Source: SageMaker API reference, QueryLineage (a depth of 10, 50 results a page, one start), ListArtifacts and the Describe
// operations of artifacts, contexts, actions and trial components.

import {
  DescribeActionCommand,
  DescribeArtifactCommand,
  DescribeContextCommand,
  DescribeTrialComponentCommand,
  Direction,
  ListArtifactsCommand,
  QueryLineageCommand,
  type QueryLineageResponse,
  type SageMakerClient,
  type Edge as SageMakerEdge,
  type Vertex as SageMakerVertex,
} from '@aws-sdk/client-sagemaker'
import {call, isGone, orUndefined, pageSize} from '../call.ts'
import {allPages, defined, nameFromArn} from '../fields.ts'
import type {LineageEdge, LineageEntity, LineageNeighbourhood, LineagePort, LineageVertex} from '../lineage-ports.ts'

const queryPageSize = 50
const deepest = 10

export function lineagePort(client: SageMakerClient): LineagePort {
  return {
    async artifacts(sourceUri) {
      const entries = await allPages(
        (NextToken) =>
          call(
            'ListArtifacts',
            client.send(new ListArtifactsCommand({SourceUri: sourceUri, MaxResults: pageSize, NextToken})),
          ),
        (page) => page.ArtifactSummaries,
        (page) => page.NextToken,
      )
      return entries.map((entry) =>
        defined({
          arn: entry.ArtifactArn ?? '',
          sourceUri: entry.Source?.SourceUri ?? sourceUri,
          type: entry.ArtifactType,
          name: entry.ArtifactName,
          createdAtMs: entry.CreationTime?.getTime(),
        }),
      )
    },
    entity: (arn) => orUndefined(describeEntity(client, arn), isGone),
    query: (arn, direction, mostVertices) => queryAll(client, arn, direction, mostVertices),
  }
}

/** Contexts and actions are described by their names, which their ARNs end with. */
async function describeEntity(client: SageMakerClient, arn: string): Promise<LineageEntity | undefined> {
  const name = nameFromArn(arn)
  switch (arn.split(':')[5]?.split('/')[0]) {
    case 'artifact': {
      const found = await call('DescribeArtifact', client.send(new DescribeArtifactCommand({ArtifactArn: arn})))
      return defined({arn, sourceUri: found.Source?.SourceUri, type: found.ArtifactType})
    }
    case 'context': {
      const found = await call('DescribeContext', client.send(new DescribeContextCommand({ContextName: name})))
      return defined({arn, sourceUri: found.Source?.SourceUri, type: found.ContextType})
    }
    case 'action': {
      const found = await call('DescribeAction', client.send(new DescribeActionCommand({ActionName: name})))
      return defined({arn, sourceUri: found.Source?.SourceUri, type: found.ActionType})
    }
    case 'experiment-trial-component': {
      const command = new DescribeTrialComponentCommand({TrialComponentName: name})
      const found = await call('DescribeTrialComponent', client.send(command))
      return defined({arn, sourceUri: found.Source?.SourceArn, type: found.Source?.SourceType})
    }
    default:
      return undefined
  }
}

/** Asked again from every vertex at the rim of an answer, until there is nothing new. Whatever was asked once is not asked again. */
async function queryAll(
  client: SageMakerClient,
  arn: string,
  direction: 'ascendants' | 'descendants',
  mostVertices: number,
): Promise<LineageNeighbourhood> {
  const vertices = new Map<string, LineageVertex>()
  const edges = new Map<string, LineageEdge>()
  const asked = new Set<string>()
  const open = [arn]
  for (let start = open.shift(); start !== undefined; start = open.shift()) {
    if (asked.has(start)) continue
    asked.add(start)
    const near: LineageEdge[] = []
    for await (const page of pages(client, start, direction)) {
      for (const vertex of (page.Vertices ?? []).map(vertexOf)) if (vertex.arn !== arn) vertices.set(vertex.arn, vertex)
      near.push(...(page.Edges ?? []).map(edgeOf))
      if (vertices.size > mostVertices) break
    }
    for (const edge of near) edges.set(`${edge.sourceArn} ${edge.destinationArn} ${edge.association ?? ''}`, edge)
    if (vertices.size > mostVertices)
      return {vertices: [...vertices.values()].slice(0, mostVertices), edges: [...edges.values()], isCut: true}
    open.push(...rimOf(start, near, direction))
  }
  return {vertices: [...vertices.values()], edges: [...edges.values()], isCut: false}
}

async function* pages(
  client: SageMakerClient,
  start: string,
  direction: 'ascendants' | 'descendants',
): AsyncGenerator<QueryLineageResponse> {
  let NextToken: string | undefined
  do {
    const command: QueryLineageCommand = new QueryLineageCommand({
      StartArns: [start],
      Direction: direction === 'ascendants' ? Direction.ASCENDANTS : Direction.DESCENDANTS,
      IncludeEdges: true,
      MaxDepth: deepest,
      MaxResults: queryPageSize,
      NextToken,
    })
    const page = await call('QueryLineage', client.send(command))
    yield page
    NextToken = page.NextToken
  } while (NextToken !== undefined)
}

/** Those as far away as one question reaches. */
function rimOf(start: string, edges: readonly LineageEdge[], direction: 'ascendants' | 'descendants'): string[] {
  const next = new Map<string, string[]>()
  for (const {sourceArn, destinationArn} of edges) {
    const [from, to] = direction === 'descendants' ? [sourceArn, destinationArn] : [destinationArn, sourceArn]
    next.set(from, [...(next.get(from) ?? []), to])
  }
  const seen = new Set([start])
  let rim = [start]
  for (let depth = 0; depth < deepest && rim.length > 0; depth += 1) {
    rim = [...new Set(rim.flatMap((arn) => next.get(arn) ?? []))].filter((arn) => !seen.has(arn))
    for (const arn of rim) seen.add(arn)
  }
  return rim
}

function vertexOf({Arn, Type, LineageType: lineageType}: SageMakerVertex): LineageVertex {
  return defined({arn: Arn ?? '', type: Type, lineageType: lineageType ?? 'Artifact'})
}

function edgeOf({SourceArn, DestinationArn, AssociationType}: SageMakerEdge): LineageEdge {
  return defined({sourceArn: SourceArn ?? '', destinationArn: DestinationArn ?? '', association: AssociationType})
}
