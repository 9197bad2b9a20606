import * as Flags from '@oclif/core/flags'
import {executionLogs, type LogsResult} from '../../actions/executions/execution-logs.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {executionArgument, projectFlags, sinceFlag} from '../../cli/flags.ts'
import {followedLogsView, logLabel, logLine, logsView} from '../../views/logs.ts'

export default class ExecutionsLogs extends MlpipeCommand {
  static override summary = "Print the logs of an execution's steps"
  static override examples = [
    '<%= config.bin %> executions logs --step train',
    '<%= config.bin %> executions logs latest --follow',
    '<%= config.bin %> executions logs --step prepare,train --tail 20 --timestamps',
  ]
  static override args = {execution: executionArgument}
  static override flags = {
    ...projectFlags,
    step: Flags.string({
      summary: 'Only of these steps',
      multiple: true,
      multipleNonGreedy: true,
      env: 'MLPIPE_STEP',
      helpValue: 'STEP[,STEP]',
    }),
    follow: Flags.boolean({summary: 'Go on until the execution has ended', env: 'MLPIPE_FOLLOW'}),
    since: sinceFlag,
    tail: Flags.integer({
      summary: 'Of each step, only the last lines (and with --follow what comes after them)',
      min: 1,
      max: 10_000,
      env: 'MLPIPE_TAIL',
      helpValue: 'N',
    }),
    timestamps: Flags.boolean({summary: 'The time (UTC) before each line', env: 'MLPIPE_TIMESTAMPS'}),
  }

  async run(): Promise<LogsResult> {
    const {args, flags} = await this.parse(ExecutionsLogs)
    const {file, target, step: steps = [], follow, since, tail, timestamps} = flags
    const input = {file, target, execution: args.execution, steps, follow, since, tail}
    const isAlone = steps.length === 1 && !steps[0]?.includes(',')
    const result = await executionLogs(input, await this.world(flags), (step, lines, hasSeveral) => {
      if (!follow) return
      for (const line of lines) {
        this.streamLine(logLine(logLabel(step, line, isAlone, hasSeveral), line, {timestamps}))
      }
    })
    return this.present(result, follow ? followedLogsView : logsView({timestamps}))
  }
}
