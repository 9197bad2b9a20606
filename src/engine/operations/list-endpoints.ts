// ListEndpoints, ListEndpointConfigs and ListInferenceComponents.

import type {JsonObject} from '../../definition/json.ts'
import {compact, seconds} from '../store/documents.ts'
import {describeResource, type ResourceKind, type ResourceRow} from '../store/resources.ts'
import type {
  listEndpointConfigsShape,
  listEndpointsShape,
  listInferenceComponentsShape,
} from '../validations/list-endpoints.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

export function listEndpoints(input: InputOf<typeof listEndpointsShape>, context: OperationContext): Reply {
  const where = [["json_extract(described, '$.EndpointStatus') = ?", input.StatusEquals]] as const
  return list({kind: 'Endpoint', since: '>=', defaultSize: 10, where}, input, context, 'Endpoints', summariseEndpoint)
}

function summariseEndpoint(row: ResourceRow): JsonObject {
  return compact({
    EndpointName: row.name,
    EndpointArn: row.arn,
    EndpointStatus: describeResource(row).EndpointStatus,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
  })
}

export function listEndpointConfigs(input: InputOf<typeof listEndpointConfigsShape>, context: OperationContext): Reply {
  return list({kind: 'EndpointConfig', since: '>='}, input, context, 'EndpointConfigs', (row) =>
    compact({EndpointConfigName: row.name, EndpointConfigArn: row.arn, CreationTime: seconds(row.createdAtMs)}),
  )
}

export function listInferenceComponents(
  input: InputOf<typeof listInferenceComponentsShape>,
  context: OperationContext,
): Reply {
  const {EndpointNameEquals, VariantNameEquals} = input
  const where = [
    ["json_extract(described, '$.EndpointName') = ?", EndpointNameEquals],
    ["json_extract(request, '$.VariantName') = ?", VariantNameEquals],
    [`'${inService}' = ?`, input.StatusEquals],
  ] as const
  const listed = {kind: 'InferenceComponent', since: '>', defaultSize: 10, where} as const
  return list(listed, input, context, 'InferenceComponents', summariseComponent)
}

function summariseComponent(row: ResourceRow): JsonObject {
  const {EndpointName, EndpointArn, VariantName} = describeResource(row)
  return compact({
    InferenceComponentName: row.name,
    InferenceComponentArn: row.arn,
    ...{EndpointName, EndpointArn, VariantName},
    InferenceComponentStatus: inService,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
  })
}

/** The only status that a component has here. */
const inService = 'InService'

type ListInput = Partial<Omit<InputOf<typeof listEndpointsShape>, 'StatusEquals'>>

type Listed = {
  readonly kind: ResourceKind
  /** Whether what was made at the very time of CreationTimeAfter is listed, is said for each list apart. */
  readonly since: '>' | '>='
  readonly defaultSize?: number
  readonly where?: readonly (readonly [string, string | undefined])[]
}

const sortColumns = {Name: 'name', CreationTime: 'createdAtMs', Status: 'status'} as const

function list(
  {kind, since, where = [], ...size}: Listed,
  input: ListInput,
  {db}: OperationContext,
  member: string,
  summarise: (row: ResourceRow) => JsonObject,
): Reply {
  const query = {
    from: 'resources',
    columns: `*, coalesce(json_extract(described, '$.EndpointStatus'), '${inService}') AS status`,
    where: [
      ['kind = ?', kind],
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      [`createdAtMs ${since} ?`, milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
      ['modifiedAtMs > ?', milliseconds(input.LastModifiedTimeAfter)],
      ['modifiedAtMs < ?', milliseconds(input.LastModifiedTimeBefore)],
      ...where,
    ],
    sortBy: sortColumns[input.SortBy ?? 'CreationTime'],
    tieBreak: 'arn',
    defaultOrder: 'Descending',
    ...size,
  } as const
  return replyPage<ResourceRow>(db, input, query, member, summarise)
}
