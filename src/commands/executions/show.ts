import {type ExecutionResult, showExecution} from '../../actions/executions/show-execution.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {executionArgument, projectFlags} from '../../cli/flags.ts'
import {executionView} from '../../views/execution.ts'

export default class ExecutionsShow extends MlpipeCommand {
  static override summary = 'Show an execution: its steps, parameters, metrics and models'
  static override examples = ['<%= config.bin %> executions show', '<%= config.bin %> executions show latest --json']
  static override args = {execution: executionArgument}
  static override flags = projectFlags

  async run(): Promise<ExecutionResult> {
    const {args, flags} = await this.parse(ExecutionsShow)
    const input = {file: flags.file, target: flags.target, execution: args.execution}
    const result = await showExecution(input, await this.world(flags))
    return this.present(result, executionView)
  }
}
