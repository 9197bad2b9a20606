import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {answerCallback, type CallbackResult} from '../../actions/executions/callback.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {callbackView} from '../../views/callback.ts'

export default class ExecutionsCallback extends MlpipeCommand {
  static override summary = 'Answer a callback step that waits'
  static override description =
    'Without --fail the step has succeeded, and every output that it declares must be given. The token stands in the message of the queue, in the progress of `run`, and in `executions show`.'
  static override examples = [
    '<%= config.bin %> executions callback approve --output decision=approved',
    '<%= config.bin %> executions callback Xq3vT0aZ9b --fail "rejected by the reviewer"',
  ]
  static override args = {
    callback: stringArgument({
      name: 'callback',
      description: 'its token, or the name of the step; by default the only one that waits',
    }),
  }
  static override flags = {
    ...projectFlags,
    output: Flags.string({
      summary: 'The value of an output of the step',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      exclusive: ['fail'],
    }),
    fail: Flags.string({summary: 'The step has failed, for this reason', env: 'MLPIPE_FAIL', helpValue: 'REASON'}),
  }

  async run(): Promise<CallbackResult> {
    const {args, flags} = await this.parse(ExecutionsCallback)
    const {file, target, output = [], fail} = flags
    const input = {file, target, callback: args.callback, outputs: output, fail}
    const result = await answerCallback(input, await this.world(flags))
    return this.present(result, callbackView)
  }
}
