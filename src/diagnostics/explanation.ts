// What `mlpipe explain CODE` tells about a finding.

export type Explanation = {
  /** What is wrong and why it matters; sentences. */
  readonly text: string
  /** A part of a spec that has the mistake, and the same part without it. */
  readonly wrong: string
  readonly right: string
}
