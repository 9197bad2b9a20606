import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {rollbackModel} from '../../actions/models/serving/rollback-model.ts'
import type {RollbackResult} from '../../actions/models/serving/serving-results.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {endpointTimeoutFlag, endpointWaitFlag, projectFlags, yesFlag} from '../../cli/flags.ts'
import {rollbackView} from '../../views/models/serving.ts'

export default class ModelsRollback extends MlpipeCommand {
  static override summary = 'Bring an endpoint back to the model that it served before'
  static override description =
    'To the nearest earlier version that is approved, with the instances and environment that it had; --to the present version goes ' +
    'back to its former settings. What the endpoint had is kept in its tags, so this works from any machine; a second rollback goes ' +
    'one further back. Exit codes: as "models deploy".'
  static override examples = [
    '<%= config.bin %> models rollback',
    '<%= config.bin %> models rollback tumours -t prod --yes',
    '<%= config.bin %> models rollback tumours --to 3',
  ]
  static override args = {
    endpoint: stringArgument({description: 'the endpoint; by default that of the only model group of the pipeline'}),
  }
  static override flags = {
    ...projectFlags,
    to: Flags.integer({
      summary: 'The version of the model to go back to (default: the one before)',
      env: 'MLPIPE_TO',
      helpValue: 'VERSION',
      min: 1,
    }),
    wait: endpointWaitFlag,
    timeout: endpointTimeoutFlag,
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
    yes: yesFlag,
  }

  async run(): Promise<RollbackResult> {
    const {args, flags} = await this.parse(ModelsRollback)
    const {file, target, to, wait, timeout, yes, 'dry-run': dryRun} = flags
    const input = {file, target, endpoint: args.endpoint, to, wait, timeout, yes, dryRun}
    const result = await rollbackModel(input, await this.world(flags))
    return this.present(result, rollbackView)
  }
}
