import * as Flags from '@oclif/core/flags'
import {formatOf} from '../actions/graph/format.ts'
import {type GraphResult, type GraphSource, graph} from '../actions/graph/graph.ts'
import {writeOutput} from '../actions/write-output.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {parameterFlags, projectFlags} from '../cli/flags.ts'
import {drawGraph, graphFileView, graphView} from '../views/graph/graph.ts'

const sources = ['definition', 'deployed', 'execution', 'plan']
const othersThan = (name: string) => sources.filter((source) => source !== name)

export default class Graph extends MlpipeCommand {
  static override summary = 'Draw the pipeline: on the terminal, as Mermaid, DOT or SVG'
  static override description =
    'Of the spec as it is; no target is asked. With --plan each step has the verdict of the next run, with --execution the state ' +
    'that it came to.\n' +
    'The ending of the file named with -o chooses the format: .svg, .mmd or .mermaid, .md (Mermaid in a fenced block), .dot or .gv, .json, .txt; ' +
    '-o - is standard output. A PNG is made from ' +
    'the SVG: rsvg-convert graph.svg -o graph.png.'
  static override examples = [
    '<%= config.bin %> graph',
    '<%= config.bin %> graph -o graph.svg',
    '<%= config.bin %> graph --plan --param epochs=50',
    '<%= config.bin %> graph --execution latest -o run.svg --direction right',
    '<%= config.bin %> graph --definition definition.json --format mermaid',
    '<%= config.bin %> graph --step train',
  ]
  static override flags = {
    ...projectFlags,
    ...parameterFlags,
    plan: Flags.boolean({
      summary: 'With what a run would do with each step, as mlpipe diff has it',
      env: 'MLPIPE_PLAN',
      exclusive: othersThan('plan'),
    }),
    execution: Flags.string({
      summary: 'Of an execution: id, the beginning of an id, ARN, or "latest"',
      env: 'MLPIPE_EXECUTION',
      helpValue: 'ID',
      exclusive: othersThan('execution'),
    }),
    deployed: Flags.boolean({
      summary: 'Of the pipeline as it is deployed, with what starts it',
      env: 'MLPIPE_DEPLOYED',
      exclusive: othersThan('deployed'),
    }),
    definition: Flags.string({
      summary: 'Of a pipeline definition in a file, or - for standard input',
      env: 'MLPIPE_DEFINITION',
      helpValue: 'FILE',
      exclusive: othersThan('definition'),
    }),
    format: Flags.option({
      summary: 'The format (default: as the ending of the file says, else terminal)',
      options: ['terminal', 'mermaid', 'dot', 'svg', 'json'] as const,
      env: 'MLPIPE_FORMAT',
    })(),
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
    direction: Flags.option({
      summary: 'Which way the edges run; not on a terminal',
      options: ['down', 'right'] as const,
      default: 'down',
      env: 'MLPIPE_DIRECTION',
    })(),
    step: Flags.string({
      summary: 'Only this step, what leads to it and what it leads to',
      env: 'MLPIPE_STEP',
      helpValue: 'NAME',
    }),
    'all-edges': Flags.boolean({
      summary: 'With the edges that others imply',
      env: 'MLPIPE_ALL_EDGES',
    }),
  }

  async run(): Promise<GraphResult> {
    const {flags} = await this.parse(Graph)
    const output = flags.output === '-' ? undefined : flags.output
    const format = formatOf(flags.format, output)
    const world = await this.world(flags)
    const input = {
      file: flags.file,
      target: flags.target,
      parameters: flags.param ?? [],
      parametersFile: flags['params-file'],
      source: sourceOf(flags),
      step: flags.step,
      allEdges: flags['all-edges'],
    }
    const result = await graph(input, world)
    if (output === undefined) return this.present(result, graphView(format, flags.direction))

    const text = drawGraph(result, format, flags.direction, {width: 100, colour: false})
    await writeOutput(output, text, world, {file: flags.file, definition: flags.definition})
    return this.present(result, graphFileView(output))
  }
}

type SourceFlags = {
  readonly plan: boolean
  readonly deployed: boolean
  readonly execution?: string | undefined
  readonly definition?: string | undefined
}

function sourceOf({plan, deployed, execution, definition}: SourceFlags): GraphSource {
  if (execution !== undefined) return {kind: 'execution', execution}
  if (definition !== undefined) return {kind: 'definition', file: definition}
  if (plan) return {kind: 'plan'}
  return {kind: deployed ? 'deployed' : 'spec'}
}
