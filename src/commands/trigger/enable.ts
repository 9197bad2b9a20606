import {type SwitchTriggerResult, switchTrigger} from '../../actions/triggers/switch-trigger.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, triggerArgument} from '../../cli/flags.ts'
import {switchTriggerView} from '../../views/trigger/switch.ts'

export default class TriggerEnable extends MlpipeCommand {
  static override summary = 'Let a trigger fire'
  static override examples = [
    '<%= config.bin %> trigger enable nightly',
    '<%= config.bin %> trigger enable churn-new-data -t prod',
  ]
  static override args = {name: triggerArgument}
  static override flags = projectFlags

  async run(): Promise<SwitchTriggerResult> {
    const {args, flags} = await this.parse(TriggerEnable)
    const {file, target} = flags
    const result = await switchTrigger({file, target, name: args.name, enable: true}, await this.world(flags))
    return this.present(result, switchTriggerView)
  }
}
