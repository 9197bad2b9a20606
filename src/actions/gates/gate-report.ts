// What the gates of a pipeline ask for as the champion stands, as plain data for people and scripts.

export type GateReport = {
  /** The condition step. */
  readonly gate: string
  /** The model package group that the champion comes from. */
  readonly group: string
  /** Absent while no version of the group is approved. */
  readonly champion?: {readonly model: string; readonly arn: string}
  readonly requirements: readonly {
    /** As the spec has it: `accuracy >= champion - 0.01`. */
    readonly requirement: string
    /** What the champion came to. */
    readonly champion?: number
    /** What the metric is compared with; absent without a champion, and where there is a problem. */
    readonly threshold?: number
    /** In words: `accuracy >= 0.9521 (champion churn/3: 0.9621 - 0.01)`. */
    readonly text: string
    /** Why nothing passes. */
    readonly problem?: string
  }[]
  /** The object that the condition reads. */
  readonly uri: string
}
