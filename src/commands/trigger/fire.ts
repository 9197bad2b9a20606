import * as Flags from '@oclif/core/flags'
import {type FireResult, fireTrigger} from '../../actions/triggers/fire/fire-trigger.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {
  eventsFlag,
  onInterruptFlag,
  parameterFlags,
  projectFlags,
  timeoutFlag,
  triggerArgument,
  waitFlag,
} from '../../cli/flags.ts'
import {fireView} from '../../views/trigger/fire.ts'

export default class TriggerFire extends MlpipeCommand {
  static override summary = 'Start the pipeline as a trigger would, with the parameters out of an event'
  static override description =
    'The event is a sample of what the trigger waits for, unless one is given. Nothing goes through EventBridge: the execution\n' +
    'is started with the credentials of this command.'
  static override examples = [
    '<%= config.bin %> trigger fire new-data --dry-run',
    '<%= config.bin %> trigger fire new-data --object s3://my-bucket/incoming/july.csv',
    '<%= config.bin %> trigger fire new-data --event event.json --param epochs=5',
  ]
  static override args = {name: triggerArgument}
  static override flags = {
    ...projectFlags,
    event: Flags.string({
      summary: 'The event, as EventBridge would deliver it: a JSON file, - for standard input, or the JSON itself',
      env: 'MLPIPE_EVENT',
      helpValue: 'FILE',
      exclusive: ['object', 'model-package'],
    }),
    object: Flags.string({
      summary: 'The event of this object, which is there already',
      env: 'MLPIPE_OBJECT',
      helpValue: 'S3-URI',
      exclusive: ['event', 'model-package'],
    }),
    'model-package': Flags.string({
      summary: 'The event of this registered model: group/version, group (its latest version), or ARN',
      env: 'MLPIPE_MODEL_PACKAGE',
      helpValue: 'MODEL',
      exclusive: ['event', 'object'],
    }),
    param: parameterFlags.param,
    force: Flags.boolean({
      summary: 'Also for an event that the trigger would not have fired for',
      env: 'MLPIPE_FORCE',
    }),
    'dry-run': Flags.boolean({
      summary: 'Show the parameters, and start nothing',
      env: 'MLPIPE_DRY_RUN',
    }),
    wait: waitFlag,
    timeout: timeoutFlag,
    'on-interrupt': onInterruptFlag,
    events: eventsFlag,
  }

  async run(): Promise<FireResult> {
    const {args, flags} = await this.parse(TriggerFire)
    const input = {
      file: flags.file,
      target: flags.target,
      name: args.name,
      event: flags.event,
      object: flags.object,
      modelPackage: flags['model-package'],
      parameters: flags.param ?? [],
      force: flags.force,
      dryRun: flags['dry-run'],
      wait: flags.wait,
      timeout: flags.timeout,
      onInterrupt: flags['on-interrupt'],
    }
    const result = await fireTrigger(input, await this.world(flags))
    return this.present(result, fireView)
  }
}
