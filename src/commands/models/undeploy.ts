import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {UndeployResult} from '../../actions/models/serving/serving-results.ts'
import {undeployModel} from '../../actions/models/serving/undeploy-model.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags, yesFlag} from '../../cli/flags.ts'
import {undeployView} from '../../views/models/serving.ts'

export default class ModelsUndeploy extends MlpipeCommand {
  static override summary = 'Delete an endpoint that mlpipe made, so that it costs nothing any more'
  static override description =
    'The endpoint configurations and models that "models deploy" made for it go with it. Registered models stay. What has broken ' +
    'off goes on from there when the command is repeated. An endpoint that something else made is left alone.'
  static override examples = [
    '<%= config.bin %> models undeploy tumour-classifier',
    '<%= config.bin %> models undeploy tumours -t prod --yes',
  ]
  static override args = {endpoint: stringArgument({description: 'the endpoint', required: true})}
  static override flags = {
    ...projectFlags,
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
    yes: yesFlag,
  }

  async run(): Promise<UndeployResult> {
    const {args, flags} = await this.parse(ModelsUndeploy)
    const {file, target, yes, 'dry-run': dryRun} = flags
    const result = await undeployModel({file, target, endpoint: args.endpoint, yes, dryRun}, await this.world(flags))
    return this.present(result, undeployView)
  }
}
