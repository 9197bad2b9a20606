// What QueryLineage finds: the entities around one, by the associations, and the associations between them. The search is recursive SQL
// that knows which entities it has seen, so that it looks at each once and ends, whatever cycles there are.

import type {Db, SqlValue} from '../database.ts'
import type {AssociationType} from './associations.ts'
import type {LineageKind} from './entities.ts'

export type Direction = 'Both' | 'Ascendants' | 'Descendants'

export type LineageQuery = {
  /** Undefined: every entity there is. */
  readonly startArn: string | undefined
  readonly direction: Direction
  readonly maxDepth: number
  readonly filter: LineageFilter
  /** The entities on the way to those that the filter lets through count too. */
  readonly withPaths: boolean
}

export type LineageFilter = {
  readonly types?: readonly string[]
  readonly kinds?: readonly LineageKind[]
  readonly createdBeforeMs?: number
  readonly createdAfterMs?: number
  readonly modifiedBeforeMs?: number
  readonly modifiedAfterMs?: number
  /** One of them is enough. */
  readonly properties?: Readonly<Record<string, string>>
}

export type Vertex = {readonly arn: string; readonly kind: LineageKind; readonly type: string; readonly depth: number}
export type Edge = {readonly sourceArn: string; readonly destinationArn: string; readonly type: AssociationType | null}

/** Where a vertex stands in the order of the result: by distance, then by ARN. */
export type Place = readonly [depth: number, arn: string]

export type Page = {readonly vertices: readonly Vertex[]; readonly edges: readonly Edge[]; readonly isLast: boolean}

/** The vertices after a place, and the edges that lie between one of them and one of them or of an earlier page. */
export function findPage(
  db: Db,
  query: LineageQuery,
  page: {readonly after: Place | undefined; readonly size: number; readonly withEdges: boolean},
): Page {
  const all = findVertices(db, query)
  const {after} = page
  const first = after === undefined ? 0 : firstAfter(all, after)
  const vertices = all.slice(first, first + page.size)
  const isLast = first + page.size >= all.length
  return {vertices, isLast, edges: page.withEdges ? findEdges(db, all, first, vertices.length) : []}
}

function firstAfter(all: readonly Vertex[], [depth, arn]: Place): number {
  const at = all.findIndex((vertex) => vertex.depth > depth || (vertex.depth === depth && vertex.arn > arn))
  return at === -1 ? all.length : at
}

function findEdges(db: Db, all: readonly Vertex[], first: number, count: number): Edge[] {
  const places = new Map(all.slice(0, first + count).map(({arn}, place) => [arn, place]))
  const arns = JSON.stringify(all.slice(first, first + count).map(({arn}) => arn))
  const columns = 'sourceArn, destinationArn, type'
  const touching = db.all<Edge>(
    `SELECT ${columns} FROM associations WHERE sourceArn IN (SELECT value FROM json_each(?))
     UNION SELECT ${columns} FROM associations WHERE destinationArn IN (SELECT value FROM json_each(?)) ORDER BY 1, 2`,
    ...[arns, arns],
  )
  return touching.filter(({sourceArn, destinationArn}) => places.has(sourceArn) && places.has(destinationArn))
}

type Answer = {readonly question: string; readonly vertices: readonly Vertex[]}

/** The last answer of each connection, for the next page of it. */
const lastAnswers = new WeakMap<Db, Answer>()

function findVertices(db: Db, query: LineageQuery): readonly Vertex[] {
  const question = JSON.stringify([query, stateOf(db)])
  const last = lastAnswers.get(db)
  if (last?.question === question) return last.vertices
  const vertices = searchVertices(db, query)
  lastAnswers.set(db, {question, vertices})
  return vertices
}

/** Another one after every write, of this connection or of any other. */
function stateOf(db: Db): unknown {
  return [db.get('PRAGMA data_version'), db.get('SELECT total_changes()')]
}

function searchVertices(db: Db, query: LineageQuery): Vertex[] {
  const near = nearEntities(query)
  const matching = filterCondition(query.filter)
  const matched = `SELECT near.arn, near.depth FROM near CROSS JOIN lineageEntities USING (arn)${matching.sql}`
  const path = matching.sql !== '' && query.withPaths ? ` UNION ${stepsBack(query.direction)}` : ''
  return db.all(
    `WITH RECURSIVE ${near.sql}, kept (arn, depth) AS (${matched}${path})
     SELECT kept.arn, kind, ${vertexType} AS type, depth FROM kept CROSS JOIN lineageEntities USING (arn) ORDER BY depth, kept.arn`,
    ...[...near.values, ...matching.values],
  )
}

// CROSS JOIN keeps SQLite to the order of the tables: from the few that were found to the many that there are.

/** A trial component is of type SageMakerTrainingJob in ListAssociations, and TrainingJob here. */
const vertexType = "CASE kind WHEN 'TrialComponent' THEN substr(type, 10) ELSE type END"

type Part = {readonly sql: string; readonly values: readonly SqlValue[]}

/**
 * `near (arn, depth)`: every entity within reach, by its shortest distance. Each row of the search is a whole distance: the entities
 * at its rim, and those that were seen before, as JSON lists.
 */
function nearEntities({startArn, direction, maxDepth}: LineageQuery): Part {
  if (startArn === undefined) return {sql: 'near (arn, depth) AS (SELECT arn, 0 FROM lineageEntities)', values: []}
  const next = sides(direction)
    .map(({from, to}) => `SELECT ${to} AS arn FROM json_each(rim) CROSS JOIN associations ON ${from} = json_each.value`)
    .join(' UNION ')
  const seenNow = "CASE seen WHEN '[]' THEN rim ELSE substr(seen, 1, length(seen) - 1) || ',' || substr(rim, 2) END"
  return {
    sql: `search (depth, rim, seen) AS (
      SELECT 0, json_array(?), '[]'
      UNION ALL
      SELECT depth + 1, (SELECT json_group_array(arn) FROM (
          ${next} EXCEPT SELECT value FROM json_each(seen) EXCEPT SELECT value FROM json_each(rim))), ${seenNow}
      FROM search WHERE depth < ? AND rim <> '[]'),
      near (arn, depth) AS MATERIALIZED (SELECT value, depth FROM search JOIN json_each(rim))`,
    values: [startArn, maxDepth],
  }
}

/** From an entity that is kept to those by which it was reached the shortest way, which are kept too. */
function stepsBack(direction: Direction): string {
  return sides(direction)
    .map(
      ({from, to}) =>
        `SELECT near.arn, near.depth FROM kept CROSS JOIN associations ON ${to} = kept.arn
           CROSS JOIN near ON near.arn = ${from} AND near.depth = kept.depth - 1`,
    )
    .join(' UNION ')
}

type Side = {readonly from: string; readonly to: string}

function sides(direction: Direction): readonly Side[] {
  const [source, destination] = ['associations.sourceArn', 'associations.destinationArn']
  const up = {from: destination, to: source}
  const down = {from: source, to: destination}
  if (direction === 'Both') return [up, down]
  return [direction === 'Ascendants' ? up : down]
}

/** ` WHERE …`, or nothing. */
function filterCondition(filter: LineageFilter): Part {
  const {types, kinds, properties} = filter
  const isWanted = (column: string) => `${column} IN (SELECT value FROM json_each(?))`
  const hasProperty = `EXISTS (SELECT 1 FROM json_each(described, '$.Properties') own
    JOIN json_each(?) wanted ON wanted.key = own.key AND wanted.value = own.value)`
  const conditions: readonly (readonly [string, SqlValue | undefined])[] = [
    [isWanted(vertexType), types && JSON.stringify(types)],
    [isWanted('kind'), kinds && JSON.stringify(kinds)],
    ['createdAtMs < ?', filter.createdBeforeMs],
    ['createdAtMs > ?', filter.createdAfterMs],
    ['modifiedAtMs < ?', filter.modifiedBeforeMs],
    ['modifiedAtMs > ?', filter.modifiedAfterMs],
    [hasProperty, properties && JSON.stringify(properties)],
  ]
  const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{sql, value}]))
  if (given.length === 0) return {sql: '', values: []}
  return {sql: ` WHERE ${given.map(({sql}) => sql).join(' AND ')}`, values: given.map(({value}) => value)}
}
