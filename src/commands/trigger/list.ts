import * as Flags from '@oclif/core/flags'
import {listTriggers, type TriggersResult} from '../../actions/triggers/look/list-triggers.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {triggersView} from '../../views/trigger/list.ts'

export default class TriggerList extends MlpipeCommand {
  static override summary = 'List all that starts the pipeline, whoever made it, beside what the spec declares'
  static override description =
    'Rules on every bus and schedules in every group count, also those that the console, Terraform or an SDK made.'
  static override examples = [
    '<%= config.bin %> trigger list',
    '<%= config.bin %> trigger list --next 5',
    '<%= config.bin %> trigger list --json',
  ]
  static override flags = {
    ...projectFlags,
    next: Flags.integer({
      summary: 'How many of the next times of each schedule to show',
      min: 1,
      max: 100,
      default: 1,
      env: 'MLPIPE_NEXT',
      helpValue: 'N',
    }),
  }

  async run(): Promise<TriggersResult> {
    const {flags} = await this.parse(TriggerList)
    const input = {file: flags.file, target: flags.target, count: flags.next}
    const result = await listTriggers(input, await this.world(flags))
    return this.present(result, triggersView)
  }
}
