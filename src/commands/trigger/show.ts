import {showTrigger} from '../../actions/triggers/look/show-trigger.ts'
import type {TriggerDetail} from '../../actions/triggers/look/trigger-detail.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, triggerArgument} from '../../cli/flags.ts'
import {triggerView} from '../../views/trigger/show.ts'

export default class TriggerShow extends MlpipeCommand {
  static override summary = 'Show everything of a trigger: what it waits for, what it gives, what it has started'
  static override examples = [
    '<%= config.bin %> trigger show nightly',
    '<%= config.bin %> trigger show churn-nightly --json',
  ]
  static override args = {name: triggerArgument}
  static override flags = projectFlags

  async run(): Promise<TriggerDetail> {
    const {args, flags} = await this.parse(TriggerShow)
    const input = {file: flags.file, target: flags.target, name: args.name}
    const result = await showTrigger(input, await this.world(flags))
    return this.present(result, triggerView)
  }
}
