import type {RunResult} from '../../actions/executions/followed-run.ts'
import {watchExecution} from '../../actions/executions/watch-execution.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {eventsFlag, executionArgument, projectFlags, timeoutFlag} from '../../cli/flags.ts'
import {runView} from '../../views/execution.ts'

export default class ExecutionsWatch extends MlpipeCommand {
  static override summary = 'Follow an execution to its end, whoever started it'
  static override description =
    'Ctrl-C ends the watching, never the execution. Exit codes: as "run"; of an execution that has ended, at once.'
  static override examples = [
    '<%= config.bin %> executions watch',
    '<%= config.bin %> executions watch latest --timeout 90m',
  ]
  static override args = {execution: executionArgument}
  static override flags = {...projectFlags, timeout: timeoutFlag, events: eventsFlag}

  async run(): Promise<RunResult> {
    const {args, flags} = await this.parse(ExecutionsWatch)
    const {file, target, timeout} = flags
    const result = await watchExecution({file, target, execution: args.execution, timeout}, await this.world(flags))
    return this.present(result, runView)
  }
}
