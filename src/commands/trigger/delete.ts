import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {deleteTriggers} from '../../actions/triggers/delete-triggers.ts'
import type {DeleteTriggersResult} from '../../actions/triggers/delete-triggers-result.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, yesFlag} from '../../cli/flags.ts'
import {deleteTriggersView} from '../../views/trigger/delete.ts'

export default class TriggerDelete extends MlpipeCommand {
  static override summary = 'Delete a trigger and what was made for it'
  static override description =
    'Lists what goes and what stays, and asks. An alarm that was made for the trigger goes with it, and with the last trigger ' +
    'its role and schedule group, if mlpipe made them. A rule that starts other things too keeps those. What something else ' +
    'than mlpipe made goes only when it is named by the name of its rule or schedule.'
  static override examples = [
    '<%= config.bin %> trigger delete nightly',
    '<%= config.bin %> trigger delete --all -t prod',
    '<%= config.bin %> trigger delete new-data --dry-run',
  ]
  static override args = {
    name: stringArgument({description: 'the trigger, or the rule or schedule that something else made'}),
  }
  static override flags = {
    ...projectFlags,
    all: Flags.boolean({summary: "Every trigger of the pipeline's that mlpipe made", env: 'MLPIPE_ALL'}),
    yes: yesFlag,
    'dry-run': Flags.boolean({summary: 'Only say what would be deleted', env: 'MLPIPE_DRY_RUN'}),
  }

  async run(): Promise<DeleteTriggersResult> {
    const {args, flags} = await this.parse(TriggerDelete)
    const {file, target, all, yes, 'dry-run': dryRun} = flags
    const result = await deleteTriggers({file, target, name: args.name, all, yes, dryRun}, await this.world(flags))
    return this.present(result, deleteTriggersView)
  }
}
