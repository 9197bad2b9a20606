import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {lineageFormat} from '../actions/lineage/format.ts'
import {lineage} from '../actions/lineage/lineage.ts'
import type {LineageResult} from '../actions/lineage/lineage-result.ts'
import {writeOutput} from '../actions/write-output.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {lineageFileView, lineageView} from '../views/lineage.ts'

export default class Lineage extends MlpipeCommand {
  static override summary = 'Show which data, code and parameters made a model, or what came of data and code'
  static override description =
    'Steps that were cached are followed to the execution that really ran them. A local file is known by its content: what was run with an earlier content of it is told apart.\n' +
    'The ending of the file named with -o chooses the format: .mmd (Mermaid), .dot or .gv, .json, .ndjson (OpenLineage), .txt.'
  static override examples = [
    '<%= config.bin %> lineage',
    '<%= config.bin %> lineage tumour-classifier/2 --format mermaid',
    '<%= config.bin %> lineage data/wdbc.csv --downstream',
    '<%= config.bin %> lineage latest -o events.ndjson',
  ]
  static override args = {
    subject: stringArgument({
      name: 'subject',
      description:
        'model (group/version, group, ARN), execution (id, its beginning, ARN, "latest"), endpoint, s3:// URI or local file; by default the latest model of the pipeline',
    }),
  }
  static override flags = {
    ...projectFlags,
    downstream: Flags.boolean({summary: 'From there on: step runs, models and endpoints that it has reached'}),
    format: Flags.option({
      summary: 'The format (default: as the ending of the file says, else tree); openlineage is one event a line',
      options: ['tree', 'json', 'mermaid', 'dot', 'openlineage'] as const,
      env: 'MLPIPE_FORMAT',
    })(),
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
    limit: Flags.integer({
      summary: 'How many executions are looked at, newest first, for what came of data and code',
      default: 100,
      min: 1,
      env: 'MLPIPE_LIMIT',
    }),
  }

  async run(): Promise<LineageResult> {
    const {args, flags} = await this.parse(Lineage)
    const {file, target, downstream, limit, output} = flags
    const {subject} = args
    const format = lineageFormat({file, target, subject, downstream, format: flags.format}, output)
    const world = await this.world(flags)
    const result = await lineage(
      {file, target, subject, downstream, format, limit, version: this.config.version},
      world,
    )
    const view = lineageView(format)
    if (output === undefined) return this.present(result, view)

    await writeOutput(output, `${view.human(result, {width: 100, colour: false})}\n`, world, {file})
    return this.present(result, lineageFileView(output))
  }
}
