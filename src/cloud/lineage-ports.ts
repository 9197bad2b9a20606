// What the actions may ask of lineage and of endpoints. Plain camelCase data; times are epoch milliseconds.

import type {JsonObject} from '../definition/json.ts'

/** As in ports.ts, which needs this file. */
type Tag = {readonly key: string; readonly value: string}

export type LineageType = 'Artifact' | 'Action' | 'Context' | 'TrialComponent'

export type LineageVertex = {readonly arn: string; readonly lineageType: LineageType; readonly type?: string}
export type LineageEdge = {readonly sourceArn: string; readonly destinationArn: string; readonly association?: string}

export type LineageArtifact = {
  readonly arn: string
  readonly sourceUri: string
  readonly type?: string
  readonly name?: string
  readonly createdAtMs?: number
}

/** What an artifact, a context, an action or a trial component stands for: the URI of an object, the ARN of a job or an endpoint. */
export type LineageEntity = {readonly arn: string; readonly sourceUri?: string; readonly type?: string}

export type LineageNeighbourhood = {
  readonly vertices: readonly LineageVertex[]
  readonly edges: readonly LineageEdge[]
  /** More lies there than was asked for. */
  readonly isCut: boolean
}

export type LineagePort = {
  /** Those with exactly this SourceUri. */
  artifacts(sourceUri: string): Promise<LineageArtifact[]>
  /** Of any lineage type; undefined when it was deleted. */
  entity(arn: string): Promise<LineageEntity | undefined>
  /** Vertices reached from `arn`, following QueryLineage's pages and its depth of 10 again from the rim, at most `mostVertices`. */
  query(arn: string, direction: 'ascendants' | 'descendants', mostVertices: number): Promise<LineageNeighbourhood>
}

export type EndpointStatus =
  | 'Creating'
  | 'Updating'
  | 'SystemUpdating'
  | 'RollingBack'
  | 'InService'
  | 'OutOfService'
  | 'Deleting'
  | 'Failed'
  | 'UpdateRollbackFailed'

export type Endpoint = {
  readonly name: string
  readonly arn: string
  readonly status: EndpointStatus
  readonly configName: string
  readonly failureReason?: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

export type EndpointConfig = {
  readonly name: string
  readonly arn: string
  readonly createdAtMs: number
  readonly variants: readonly {
    readonly name: string
    readonly modelName?: string
    readonly instanceType?: string
    readonly instanceCount?: number
    /** Of a serverless variant. */
    readonly serverless?: {readonly memoryMb: number; readonly maxConcurrency: number}
  }[]
}

export type ServedModel = {
  readonly name: string
  readonly arn: string
  readonly createdAtMs: number
  readonly roleArn?: string
  readonly containers: readonly {
    readonly modelPackageName?: string
    readonly image?: string
    readonly modelDataUrl?: string
    readonly environment?: Readonly<Record<string, string>>
  }[]
}

/** Requests are SageMaker's own documents (CreateModel, CreateEndpointConfig), so that nothing of them is out of reach. */
export type EndpointsPort = {
  /** Undefined when there is none of that name. */
  endpoint(name: string): Promise<Endpoint | undefined>
  /** Names that contain the text, in any letters' case as AWS has it; newest first, at most so many. All with an empty text. */
  endpointsNamed(part: string, most: number): Promise<readonly string[]>
  config(name: string): Promise<EndpointConfig | undefined>
  /** All names that contain the text. */
  configsNamed(part: string): Promise<readonly string[]>
  model(name: string): Promise<ServedModel | undefined>
  /** All names that contain the text. */
  modelsNamed(part: string): Promise<readonly string[]>
  /** False when it was there already. */
  createModel(request: JsonObject): Promise<boolean>
  /** False when it was there already. */
  createConfig(request: JsonObject): Promise<boolean>
  create(name: string, configName: string, tags: readonly Tag[]): Promise<void>
  update(name: string, configName: string): Promise<void>
  tags(arn: string): Promise<readonly Tag[]>
  tag(arn: string, tags: readonly Tag[]): Promise<void>
  removeEndpoint(name: string): Promise<void>
  removeConfig(name: string): Promise<void>
  removeModel(name: string): Promise<void>
}
