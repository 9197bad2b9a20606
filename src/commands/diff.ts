import * as Flags from '@oclif/core/flags'
import {diff} from '../actions/diff.ts'
import type {DiffResult} from '../actions/forecast/forecast.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {exitCodeOfDiff} from '../cli/exit-codes.ts'
import {parameterFlags, projectFlags} from '../cli/flags.ts'
import {diffView} from '../views/diff.ts'
import {diffMarkdownView} from '../views/diff-markdown.ts'

export default class Diff extends MlpipeCommand {
  static override summary = 'Show what a deploy would change, and what a run would then reuse or rerun'
  static override description =
    'Changes nothing and starts nothing. The first half compares the spec with what is deployed; the second predicts for ' +
    'every step whether SageMaker would reuse an earlier result, and names the argument that decides.\n' +
    'Exit code: 0; with --detailed-exitcode 2 when there is something to deploy.'
  static override aliases = ['plan']
  static override examples = [
    '<%= config.bin %> diff',
    '<%= config.bin %> diff --param epochs=50',
    '<%= config.bin %> diff --against execution:latest',
    '<%= config.bin %> plan --markdown > comment.md',
    '<%= config.bin %> diff -t prod -o plan.json',
  ]
  static override flags = {
    ...projectFlags,
    ...parameterFlags,
    against: Flags.string({
      summary: 'What the spec is compared with: deployed, execution:ID or file:PATH of a definition',
      default: 'deployed',
      env: 'MLPIPE_AGAINST',
      helpValue: 'WHAT',
    }),
    output: Flags.string({
      char: 'o',
      summary: 'Write a plan to this file; mlpipe deploy FILE does exactly what it says',
      env: 'MLPIPE_OUTPUT',
      helpValue: 'FILE',
    }),
    markdown: Flags.boolean({summary: 'Print a comment for a pull request', env: 'MLPIPE_MARKDOWN'}),
    'detailed-exitcode': Flags.boolean({
      summary: 'Exit with 2 when there is something to deploy',
      env: 'MLPIPE_DETAILED_EXITCODE',
    }),
  }

  async run(): Promise<DiffResult> {
    const {flags} = await this.parse(Diff)
    const input = {
      file: flags.file,
      target: flags.target,
      parameters: flags.param ?? [],
      parametersFile: flags['params-file'],
      against: flags.against,
      output: flags.output,
      version: this.config.version,
    }
    const result = await diff(input, await this.world(flags))
    const view = flags.markdown ? diffMarkdownView : diffView
    return this.present(result, view, exitCodeOfDiff(result, flags['detailed-exitcode']))
  }
}
