// `mlpipe graph` in each of its formats.

import type {GraphResult} from '../../actions/graph/graph.ts'
import {renderDot} from '../../picture/dot.ts'
import {renderMermaid} from '../../picture/mermaid.ts'
import type {Direction} from '../../picture/picture.ts'
import {renderSvg} from '../../picture/svg/svg.ts'
import {pictureLines} from '../picture-lines.ts'
import {count} from '../time.ts'
import type {Screen, View} from '../view.ts'
import {pictureOf} from './picture-of.ts'

export type GraphFormat = 'terminal' | 'mermaid' | 'markdown' | 'dot' | 'svg' | 'json'

export function graphView(format: GraphFormat, direction: Direction): View<GraphResult> {
  return {
    human: (result, screen) => drawGraph(result, format, direction, screen).replace(/\n$/, ''),
    json: graphJson,
  }
}

/** The picture went into a file. */
export function graphFileView(path: string): View<GraphResult> {
  return {
    human: ({pipeline, picture}) => `${path} holds the graph of ${pipeline} (${count(picture.nodes.length, 'node')})`,
    json: graphJson,
  }
}

/** Text that ends with a line break. */
export function drawGraph(result: GraphResult, format: GraphFormat, direction: Direction, screen: Screen): string {
  const picture = pictureOf(result)
  switch (format) {
    case 'terminal':
      return `${pictureLines(picture, screen).join('\n')}\n`
    case 'mermaid':
      return renderMermaid(picture, {direction})
    case 'markdown':
      return `\`\`\`mermaid\n${renderMermaid(picture, {direction})}\`\`\`\n`
    case 'dot':
      return renderDot(picture, {direction})
    case 'svg':
      return renderSvg(picture, {direction})
    case 'json':
      return `${JSON.stringify(graphJson(result), null, 2)}\n`
  }
}

function graphJson(result: GraphResult): unknown {
  const {formatVersion, pipeline, source} = result
  const {title, description, nodes, edges, groups = []} = pictureOf(result)
  return {formatVersion, pipeline, source, title, description, nodes, edges, groups}
}
