// What a picture of a pipeline or of a lineage shows, before anybody has said how it is drawn. Plain data: the renderers beside this file
// turn the same picture into Mermaid, DOT, SVG and rows for a terminal.

/** What a node stands for; it decides the shape, never the colour. */
export type NodeKind =
  | 'step'
  | 'condition'
  | 'fail'
  | 'trigger'
  | 'execution'
  | 'data'
  | 'code'
  | 'image'
  | 'model'
  | 'endpoint'

/** How something stands; it decides the colour. Each comes with a word, so that colour is never the only carrier. */
export type Tone = 'plain' | 'good' | 'reused' | 'work' | 'open' | 'bad' | 'idle'

export type PictureNode = {
  /** Unique in the picture. */
  readonly id: string
  /** The name, one line. */
  readonly label: string
  readonly kind: NodeKind
  /** What it is, such as `Training`; one line. */
  readonly caption?: string
  /** A verdict or a state; its mark is one character, for a terminal, and where there is none the tone has one. */
  readonly status?: {readonly tone: Tone; readonly word: string; readonly mark?: string}
  /** More of it, a line each: the cache's expiry, a schedule, why a step reruns. */
  readonly notes: readonly string[]
  /** The id of the group that it belongs to. */
  readonly group?: string
}

/** `data`: one reads what the other made. `order`: only runs after it. `branch`: a condition's way, with its label. */
export type EdgeKind = 'data' | 'order' | 'branch' | 'trigger'

export type PictureEdge = {
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  readonly label?: string
}

/** Nodes that belong together, such as one branch of a condition. Drawn as a frame where the format has such. */
export type PictureGroup = {
  readonly id: string
  readonly label: string
  /** The group that it lies in. */
  readonly parent?: string
}

/** `down`: from above to below. `right`: from left to right. */
export type Direction = 'down' | 'right'

export type Picture = {
  readonly title: string
  /** A sentence for those who cannot see it. */
  readonly description: string
  readonly nodes: readonly PictureNode[]
  /** Between nodes of the picture only. */
  readonly edges: readonly PictureEdge[]
  readonly groups?: readonly PictureGroup[]
}
