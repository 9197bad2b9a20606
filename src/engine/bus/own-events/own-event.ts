// An event of SageMaker, but for what all of its events have alike.

import type {JsonObject} from '../../../definition/json.ts'

export type OwnEvent = {
  readonly detailType: string
  readonly resources: readonly string[]
  readonly detail: JsonObject
}
