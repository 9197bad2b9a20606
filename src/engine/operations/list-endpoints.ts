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
  return list('Endpoint', input, context, 'Endpoints', summariseEndpoint, where)
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
  return list('EndpointConfig', input, context, 'EndpointConfigs', (row) =>
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
  return list('InferenceComponent', input, context, 'InferenceComponents', summariseComponent, where)
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

function list(
  kind: ResourceKind,
  input: ListInput,
  {db}: OperationContext,
  member: string,
  summarise: (row: ResourceRow) => JsonObject,
  where: readonly (readonly [string, string | undefined])[] = [],
): Reply {
  const query = {
    from: 'resources',
    where: [
      ['kind = ?', kind],
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      ['createdAtMs > ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
      ['modifiedAtMs > ?', milliseconds(input.LastModifiedTimeAfter)],
      ['modifiedAtMs < ?', milliseconds(input.LastModifiedTimeBefore)],
      ...where,
    ],
    sortBy: input.SortBy === 'Name' ? 'name' : 'createdAtMs',
    tieBreak: 'arn',
    defaultOrder: 'Descending',
  } as const
  return replyPage<ResourceRow>(db, input, query, member, summarise)
}
