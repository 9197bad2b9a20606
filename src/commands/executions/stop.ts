import {type StopResult, stopExecution} from '../../actions/executions/stop-execution.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {executionArgument, projectFlags} from '../../cli/flags.ts'
import {stopView} from '../../views/executions.ts'

export default class ExecutionsStop extends MlpipeCommand {
  static override summary = 'Stop an execution and wait until it has stopped'
  static override examples = ['<%= config.bin %> executions stop', '<%= config.bin %> executions stop latest -t local']
  static override args = {execution: executionArgument}
  static override flags = projectFlags

  async run(): Promise<StopResult> {
    const {args, flags} = await this.parse(ExecutionsStop)
    const input = {file: flags.file, target: flags.target, execution: args.execution}
    const result = await stopExecution(input, await this.world(flags))
    return this.present(result, stopView)
  }
}
