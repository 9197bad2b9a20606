// The entities that come with model packages and endpoints. Source: Developer Guide, "Amazon SageMaker AI-Created Tracking Entities",
// "Tracking Entities for Model Packages" and "for Endpoints". Which association goes which way, and the ends of the names, are as seen
// in what the service lists; what stands before those ends is not documented.

import type {JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {resourceArn} from '../arns.ts'
import type {Db} from '../database.ts'
import {compact} from '../documents.ts'
import {containersOfPackage, type ModelContainer} from './containers.ts'
import {type EntityRow, parseDescribed, updateEntity} from './entities.ts'
import {associate, type Occasion, recordAction, recordArtifact, recordContext} from './record.ts'

export type TrackedPackage = {
  readonly arn: string
  readonly groupName: string
  readonly version: number
  readonly approval: string
  /** JSON of the CreateModelPackage request, with later updates laid over it. */
  readonly request: string
}

/** A version that was registered: what is in it, its group, and the action that gave it its first approval status. */
export function recordPackage(db: Db, row: TrackedPackage, occasion: Occasion): void {
  recordContents(db, row, occasion)
  const group = recordContext(
    db,
    {
      name: fitName(row.groupName, `-${occasion.atMs}-aws-model-package-group`),
      type: 'ModelGroup',
      sourceArn: resourceArn('model-package-group', row.groupName),
    },
    occasion,
  )
  if (occasion.executionArn !== null) noteExecution(db, group, occasion.executionArn, occasion.atMs)
  associate(db, packageArtifact(db, row, occasion), 'AssociatedWith', group.arn, occasion)
  recordApproval(db, row, occasion)
}

/** The images, model data and algorithms of the package contributed to it. */
export function recordContents(db: Db, row: TrackedPackage, occasion: Occasion): void {
  const request = JSON.parse(row.request) as JsonObject
  const algorithms = objectsAt(objectAt(request, 'SourceAlgorithmSpecification'), 'SourceAlgorithms')
  const parts = [
    ...containersOfPackage(request).flatMap(({image, dataUri}) => [part('Image', image), part('Model', dataUri)]),
    ...algorithms.flatMap((algorithm) => [
      part('Algorithm', textAt(algorithm, 'AlgorithmName')),
      part('Model', textAt(algorithm, 'ModelDataUrl')),
    ]),
  ].flat()
  const arn = packageArtifact(db, row, occasion)
  for (const {type, uri} of parts) {
    associate(db, recordArtifact(db, type, uri, occasion), 'ContributedTo', arn, occasion)
  }
}

/** An approval status was given: at registration, and whenever it changes. */
export function recordApproval(db: Db, row: TrackedPackage, occasion: Occasion): void {
  const {groupName, version, approval} = row
  const {ApprovalDescription} = JSON.parse(row.request) as JsonObject
  const action = recordAction(
    db,
    {
      name: fitName(groupName, `-${version}-${approval}-${occasion.atMs}-aws-model-package`),
      type: 'Approval',
      sourceArn: row.arn,
      members: compact({Description: ApprovalDescription, Status: 'Completed'}),
    },
    occasion,
  )
  associate(db, action, 'ContributedTo', packageArtifact(db, row, occasion), occasion)
}

function packageArtifact(db: Db, {arn}: TrackedPackage, occasion: Occasion): string {
  return recordArtifact(db, 'Model', arn, occasion)
}

/** Where the SDK for Python looks for the execution that registered the newest version. */
function noteExecution(db: Db, group: EntityRow, executionArn: string, atMs: number): void {
  const described = parseDescribed(group)
  const Properties = {...objectAt(described, 'Properties'), PipelineExecutionArn: executionArn}
  updateEntity(db, {...group, described: JSON.stringify({...described, Properties}), modifiedAtMs: atMs})
}

export type Deployment = {
  readonly endpointArn: string
  readonly endpointName: string
  /** Of every model that it serves. */
  readonly containers: readonly ModelContainer[]
}

/** An endpoint answers, for the first time or with another configuration. Call inside the transaction that writes it down. */
export function recordDeployment(db: Db, deployment: Deployment, occasion: Occasion): void {
  const {endpointArn: sourceArn, endpointName: name, containers} = deployment
  const context = recordContext(
    db,
    {name: fitName(name, `-${occasion.atMs}-aws-endpoint`), type: 'Endpoint', sourceArn},
    occasion,
  )
  const action = recordAction(
    db,
    {
      name: fitName(name, `-${occasion.atMs}-aws-model-deployment`),
      type: 'ModelDeployment',
      sourceArn,
      members: {Status: 'Completed'},
    },
    occasion,
  )
  for (const {image, dataUri, packageArn} of containers) {
    for (const {type, uri} of [part('Image', image), part('Model', dataUri), part('Model', packageArn)].flat()) {
      associate(db, recordArtifact(db, type, uri, occasion), 'ContributedTo', action, occasion)
    }
  }
  associate(db, action, 'AssociatedWith', context.arn, occasion)
}

/** ExperimentEntityName. */
const longestName = 120

function fitName(name: string, ending: string): string {
  return name.slice(0, longestName - ending.length) + ending
}

function part(type: string, uri: string | undefined): readonly {readonly type: string; readonly uri: string}[] {
  return uri === undefined ? [] : [{type, uri}]
}
