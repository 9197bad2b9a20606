// QueryLineage. The entity that it starts from is of the result, as the SDK's own tests have it. "Setting IncludeEdges to True retrieves
// not only the entities of interest but also the Associations and lineage entities on the path."

import {compact} from '../../store/documents.ts'
import {findPage, type LineageFilter, type Page, type Place} from '../../store/lineage/graph.ts'
import type {queryLineageShape} from '../../validations/lineage/query-lineage.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {milliseconds} from '../paging.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import {entityOf} from './finding.ts'

type QueryInput = InputOf<typeof queryLineageShape>

/** "The maximum depth of relationships to discover is currently limited to 10." */
const deepest = 10
const largestPage = 50

export function queryLineage(input: QueryInput, {db}: OperationContext): Reply {
  const {StartArns: [startArn] = [], IncludeEdges = false, NextToken} = input
  const start = startArn === undefined ? undefined : entityOf(db, startArn)
  if (start?.kind === 'fault') return start

  const after = NextToken === undefined ? undefined : parseToken(NextToken)
  if (NextToken !== undefined && !after) return invalid('The provided NextToken is not valid.')
  const query = {
    startArn,
    direction: input.Direction ?? 'Both',
    // Neither this nor MaxResults has a least value in the model.
    maxDepth: Math.max(0, input.MaxDepth ?? deepest),
    filter: filterOf(input),
    withPaths: IncludeEdges,
  }
  const size = Math.max(1, input.MaxResults ?? largestPage)
  return answer(findPage(db, query, {after, size, withEdges: IncludeEdges}))
}

function answer({vertices, edges, isLast}: Page): Reply {
  const last = vertices.at(-1)
  return ok(
    compact({
      Vertices: vertices.map(({arn, kind, type}) => ({Arn: arn, Type: type.slice(0, longestType), LineageType: kind})),
      Edges: edges.map(({sourceArn, destinationArn, type}) =>
        compact({SourceArn: sourceArn, DestinationArn: destinationArn, AssociationType: type}),
      ),
      NextToken: isLast || !last ? undefined : formatToken([last.depth, last.arn]),
    }),
  )
}

/** String40. */
const longestType = 40

/** A list without members filters nothing. */
function filterOf({Filters = {}}: QueryInput): LineageFilter {
  const {Types = [], LineageTypes = [], Properties = {}} = Filters
  const times = {
    createdBeforeMs: milliseconds(Filters.CreatedBefore),
    createdAfterMs: milliseconds(Filters.CreatedAfter),
    modifiedBeforeMs: milliseconds(Filters.ModifiedBefore),
    modifiedAfterMs: milliseconds(Filters.ModifiedAfter),
  }
  return {
    ...(Types.length > 0 ? {types: Types} : {}),
    ...(LineageTypes.length > 0 ? {kinds: LineageTypes} : {}),
    ...(Object.keys(Properties).length > 0 ? {properties: Properties} : {}),
    ...(Object.fromEntries(Object.entries(times).filter(([, ms]) => ms !== undefined)) as Partial<
      Record<keyof typeof times, number>
    >),
  }
}

function formatToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function parseToken(token: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [depth, arn]: unknown[] = place
    return typeof depth === 'number' && typeof arn === 'string' ? [depth, arn] : undefined
  } catch {
    return undefined
  }
}
