import {string} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {runWorker} from '../../cli/worker.ts'

export default class LocalWorker extends MlpipeCommand {
  static override summary = 'Run an execution that was handed over (started by mlpipe itself)'
  static override hidden = true
  static override args = {execution: string({description: 'its ARN', required: true})}
  static override flags = {
    state: Flags.string({summary: "The engine's state directory", required: true, helpValue: 'DIR'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(LocalWorker)
    await runWorker(args.execution, flags.state)
  }
}
