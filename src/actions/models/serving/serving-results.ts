// What deploying a model, going back to an earlier one and taking an endpoint away give back, and what is shown of each before it
// is done.

import type {Capacity} from './wanted-serving.ts'

/** `pipeline`: an endpoint step of this pipeline made it. */
export type Owner = 'mlpipe' | 'pipeline' | 'other'

/** A configuration, with the model behind it where it came from the registry. */
export type ServedVersion = {readonly config: string; readonly model?: string}

export type ServingFailure = {
  readonly reason: string
  /** The last lines of the endpoint's containers. */
  readonly log: readonly string[]
}

/** How waiting for an endpoint ended where it did not end well; `started`: it was not waited for. */
export type UnfinishedOutcome = 'started' | 'failed' | 'timed-out' | 'left-running'

export type DeployModelResult = {
  readonly formatVersion: 1
  readonly target: string
  /** `group/version`. */
  readonly model: string
  readonly modelArn: string
  readonly endpoint: string
  readonly endpointArn?: string
  /** `kept`: the question was answered with no. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'dry-run' | UnfinishedOutcome
  /** `replace`: an endpoint that failed is deleted, and made anew. `wait`: an earlier deploy of the same is under way. */
  readonly would: 'create' | 'update' | 'replace' | 'wait' | 'change-nothing'
  /** Of the endpoint as it was last seen. */
  readonly status?: string
  /** The name of the model and of the endpoint configuration. */
  readonly config: string
  readonly capacity: Capacity
  readonly role: string
  /** Names only: values may be secrets. */
  readonly environment: readonly string[]
  /** What the endpoint had. */
  readonly before?: ServedVersion
  /** Of an endpoint that is there. */
  readonly owner?: Owner
  readonly waitedSeconds?: number
  /** Why nothing really answers: the embedded engine has no way to run the model. */
  readonly simulated?: string
  readonly failure?: ServingFailure
  /** Taken away again after a failure. */
  readonly removed: readonly string[]
  readonly next: readonly string[]
}

export type RollbackResult = {
  readonly formatVersion: 1
  readonly target: string
  readonly endpoint: string
  readonly endpointArn: string
  readonly outcome: 'rolled-back' | 'kept' | 'dry-run' | UnfinishedOutcome
  readonly status?: string
  readonly from: ServedVersion
  readonly to: ServedVersion
  readonly waitedSeconds?: number
  /** As of a deploy. */
  readonly simulated?: string
  readonly failure?: ServingFailure
  readonly next: readonly string[]
}

export type UndeployResult = {
  readonly formatVersion: 1
  readonly target: string
  readonly endpoint: string
  /** `is-deleting`: SageMaker had not finished when the waiting ended. */
  readonly outcome: 'undeployed' | 'kept' | 'nothing-there' | 'dry-run' | 'is-deleting'
  /** Absent when only what it has left over was there. */
  readonly endpointArn?: string
  readonly serves?: ServedVersion
  /** Endpoint configurations and models that go with it. */
  readonly configs: readonly string[]
  readonly models: readonly string[]
  readonly next: readonly string[]
}
