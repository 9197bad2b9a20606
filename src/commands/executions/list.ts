import * as Flags from '@oclif/core/flags'
import {type ExecutionsResult, listExecutions} from '../../actions/executions/list-executions.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {executionsView} from '../../views/executions.ts'

export default class ExecutionsList extends MlpipeCommand {
  static override summary = 'List the executions of the pipeline, newest first'
  static override examples = [
    '<%= config.bin %> executions list',
    '<%= config.bin %> executions list --limit 100 --json',
  ]
  static override flags = {
    ...projectFlags,
    limit: Flags.integer({summary: 'The most to list', min: 1, default: 20, env: 'MLPIPE_LIMIT', helpValue: 'N'}),
  }

  async run(): Promise<ExecutionsResult> {
    const {flags} = await this.parse(ExecutionsList)
    const input = {file: flags.file, target: flags.target, limit: flags.limit}
    const result = await listExecutions(input, await this.world(flags))
    return this.present(result, executionsView)
  }
}
