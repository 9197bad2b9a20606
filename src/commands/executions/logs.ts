import * as Flags from '@oclif/core/flags'
import {executionLogs, type LogsResult} from '../../actions/executions/execution-logs.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {executionArgument, projectFlags} from '../../cli/flags.ts'
import {followedLogsView, logLine, logsView, stepLogLine} from '../../views/logs.ts'

export default class ExecutionsLogs extends MlpipeCommand {
  static override summary = "Print the logs of an execution's steps"
  static override examples = [
    '<%= config.bin %> executions logs --step train',
    '<%= config.bin %> executions logs latest --follow',
  ]
  static override args = {execution: executionArgument}
  static override flags = {
    ...projectFlags,
    step: Flags.string({summary: 'Only of this step', env: 'MLPIPE_STEP', helpValue: 'NAME'}),
    follow: Flags.boolean({summary: 'Go on until the execution has ended', env: 'MLPIPE_FOLLOW'}),
  }

  async run(): Promise<LogsResult> {
    const {args, flags} = await this.parse(ExecutionsLogs)
    const {file, target, step, follow} = flags
    const input = {file, target, execution: args.execution, step, follow}
    const result = await executionLogs(input, await this.world(flags), (name, lines) => {
      if (!follow) return
      for (const line of lines) this.streamLine(step === undefined ? stepLogLine(name, line) : logLine(line))
    })
    return this.present(result, follow ? followedLogsView : logsView)
  }
}
