import {type SwitchTriggerResult, switchTrigger} from '../../actions/triggers/switch-trigger.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, triggerArgument} from '../../cli/flags.ts'
import {switchTriggerView} from '../../views/trigger/switch.ts'

export default class TriggerDisable extends MlpipeCommand {
  static override summary = 'Keep a trigger from firing; it stays as it is otherwise'
  static override examples = [
    '<%= config.bin %> trigger disable nightly',
    '<%= config.bin %> trigger disable churn-new-data -t prod',
  ]
  static override args = {name: triggerArgument}
  static override flags = projectFlags

  async run(): Promise<SwitchTriggerResult> {
    const {args, flags} = await this.parse(TriggerDisable)
    const {file, target} = flags
    const result = await switchTrigger({file, target, name: args.name, enable: false}, await this.world(flags))
    return this.present(result, switchTriggerView)
  }
}
