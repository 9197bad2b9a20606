import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {createTriggers} from '../../actions/triggers/create/create-triggers.ts'
import type {CreateTriggersResult} from '../../actions/triggers/create/triggers-result.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, yesFlag} from '../../cli/flags.ts'
import {triggerKindFlags, triggerOptionFlags} from '../../cli/trigger-flags.ts'
import {createTriggersView} from '../../views/trigger/create.ts'

export default class TriggerCreate extends MlpipeCommand {
  static override summary = 'Make EventBridge start the pipeline: on a schedule, on new data, on drift, on approval …'
  static override description =
    'Without a name, all triggers that the spec declares are made; with a name, that one; with a kind (--schedule, --s3, ' +
    '--drift, --model, --pipeline or --event), one that is declared here. What is there already is brought in line. On an AWS ' +
    'target it first shows what is made and asks; without a terminal it needs --yes. On local nothing is asked, and triggers ' +
    'fire while `mlpipe local serve` runs.'
  static override examples = [
    '<%= config.bin %> trigger create',
    "<%= config.bin %> trigger create nightly --schedule 'cron(0 3 * * ? *)' --timezone Europe/Berlin",
    "<%= config.bin %> trigger create new-data --s3 s3://my-bucket/incoming/ --suffix .csv --param 'rawKey=$.detail.object.key'",
    '<%= config.bin %> trigger create after-approval --model churn --on approved -t prod',
  ]
  static override args = {
    name: stringArgument({description: 'the trigger; all that the spec declares by default'}),
  }
  static override flags = {
    ...projectFlags,
    ...triggerKindFlags,
    ...triggerOptionFlags,
    adopt: Flags.boolean({
      summary: 'Take over a rule, schedule or alarm of the same name that was not made by mlpipe',
      env: 'MLPIPE_ADOPT',
      helpGroup: 'AWS',
    }),
    'dry-run': Flags.boolean({summary: 'Only say what would be made', env: 'MLPIPE_DRY_RUN'}),
    yes: yesFlag,
  }

  async run(): Promise<CreateTriggersResult> {
    const {args, flags} = await this.parse(TriggerCreate)
    const {file, target, yes, adopt, 'dry-run': dryRun, param = [], ...options} = flags
    const {'retry-attempts': retryAttempts, 'max-age': maxAge, 'dead-letter': deadLetter} = flags
    const input = {
      ...{file, target, name: args.name, yes, adopt, dryRun, version: this.config.version},
      options: {...options, parameters: param, retryAttempts, maxAge, deadLetter},
    }
    const result = await createTriggers(input, await this.world(flags))
    return this.present(result, createTriggersView)
  }
}
