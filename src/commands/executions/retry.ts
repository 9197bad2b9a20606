import type {RunResult} from '../../actions/executions/followed-run.ts'
import {retryExecution} from '../../actions/executions/retry-execution.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {eventsFlag, executionArgument, onInterruptFlag, projectFlags, timeoutFlag, waitFlag} from '../../cli/flags.ts'
import {runView} from '../../views/execution.ts'

export default class ExecutionsRetry extends MlpipeCommand {
  static override summary = 'Run what failed or was stopped in an execution once more, and follow it'
  static override description =
    'What had succeeded is kept, and the definition and the parameters are those it was started with: after a change\n' +
    'of the spec or of a script, deploy and use "run" instead. An execution that a Fail step ended cannot be retried.\n' +
    'Ctrl-C and exit codes: as "run".'
  static override examples = [
    '<%= config.bin %> executions retry',
    '<%= config.bin %> executions retry latest --no-wait',
  ]
  static override args = {execution: executionArgument}
  static override flags = {
    ...projectFlags,
    wait: waitFlag,
    timeout: timeoutFlag,
    'on-interrupt': onInterruptFlag,
    events: eventsFlag,
  }

  async run(): Promise<RunResult> {
    const {args, flags} = await this.parse(ExecutionsRetry)
    const {file, target, wait, timeout} = flags
    const onInterrupt = flags['on-interrupt']
    const input = {file, target, execution: args.execution, wait, timeout, onInterrupt}
    const result = await retryExecution(input, await this.world(flags))
    return this.present(result, runView)
  }
}
