// What a layout is given and what it makes. Layouts know two axes only: `along` is the way the edges run, `across` lies over it. Places are
// those of centres.

export type Size = {readonly across: number; readonly along: number}
export type Place = {readonly across: number; readonly along: number}

/** Nodes are named by their place in the list. */
export type LayoutEdge = {readonly from: number; readonly to: number; readonly label?: Size}

export type LayoutInput = {readonly nodes: readonly Size[]; readonly edges: readonly LayoutEdge[]}

export type Laid = {
  readonly nodes: readonly Place[]
  /** Where each edge passes the layers between its nodes, and where its label has room; in the order of the input. */
  readonly edges: readonly {readonly stops: readonly Place[]; readonly label?: Place}[]
}

/** Between boxes of one layer; between an edge and what it passes; between layers. */
export const nodeGap = 28
export const edgeGap = 16
export const layerGap = 52
