import * as Flags from '@oclif/core/flags'
import {type ExecutionsResult, listExecutions} from '../../actions/executions/list-executions.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, sinceFlag} from '../../cli/flags.ts'
import {executionsView} from '../../views/executions.ts'

export default class ExecutionsList extends MlpipeCommand {
  static override summary = 'List the executions of the pipeline, newest first'
  static override examples = [
    '<%= config.bin %> executions list',
    '<%= config.bin %> executions list --status Failed,Stopped --since 7d',
    '<%= config.bin %> executions list --param epochs=50 --limit 100 --json',
  ]
  static override flags = {
    ...projectFlags,
    status: Flags.string({
      summary: 'Only with this status: Executing, Stopping, Stopped, Failed, Succeeded',
      multiple: true,
      multipleNonGreedy: true,
      env: 'MLPIPE_STATUS',
      helpValue: 'STATUS[,STATUS]',
    }),
    since: sinceFlag,
    param: Flags.string({
      char: 'p',
      summary: 'Only those that ran with this value of a parameter, given or by default',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
    }),
    limit: Flags.integer({summary: 'The most to list', min: 1, default: 20, env: 'MLPIPE_LIMIT', helpValue: 'N'}),
  }

  async run(): Promise<ExecutionsResult> {
    const {flags} = await this.parse(ExecutionsList)
    const {file, target, limit, status: statuses = [], since, param: parameters = []} = flags
    const result = await listExecutions({file, target, limit, statuses, since, parameters}, await this.world(flags))
    return this.present(result, executionsView)
  }
}
