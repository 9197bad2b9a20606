import * as Flags from '@oclif/core/flags'
import {makeReport} from '../actions/report/make-report.ts'
import type {ReportResult} from '../actions/report/report-data.ts'
import {writeReport} from '../actions/report/write-report.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {executionArgument, projectFlags} from '../cli/flags.ts'
import {pageView, reportView} from '../views/report/report.ts'

export default class Report extends MlpipeCommand {
  static override summary = 'Write all that is known of an execution into one HTML file'
  static override description =
    'Graph, timeline, steps with what was foretold of them and why, metrics beside those of earlier executions, lineage, logs, ' +
    'spec and definition. The file loads nothing, works opened from disk, and can be mailed or printed.'
  static override examples = [
    '<%= config.bin %> report',
    '<%= config.bin %> report latest -o report.html',
    '<%= config.bin %> report --json > report.json',
  ]
  static override args = {execution: executionArgument}
  static override flags = {
    ...projectFlags,
    output: Flags.string({
      char: 'o',
      summary: 'Write it to this file, or to stdout with - (default: PIPELINE-EXECUTION.html; with --json, no file)',
      env: 'MLPIPE_OUTPUT',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<ReportResult> {
    const {args, flags} = await this.parse(Report)
    const world = await this.world(flags)
    const result = await makeReport({file: flags.file, target: flags.target, execution: args.execution}, world)
    if (flags.json && (flags.output ?? '-') === '-') return this.present(result, reportView)

    const {renderReport, reportMark} = await import('../views/report/page.ts')
    const page = renderReport(result)
    if (flags.output === '-') return this.present(result, pageView(page))
    const path = flags.output ?? `${result.pipeline}-${result.execution}.html`
    await writeReport(path, page, reportMark, world)
    return this.present({...result, page: {path, bytes: Buffer.byteLength(page)}}, reportView)
  }
}
