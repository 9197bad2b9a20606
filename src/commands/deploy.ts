import * as Flags from '@oclif/core/flags'
import {type DeployResult, deploy} from '../actions/deploy.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags, yesFlag} from '../cli/flags.ts'
import {deployView} from '../views/deploy.ts'

export default class Deploy extends MlpipeCommand {
  static override summary = 'Upload code and data, and create or update the pipeline'
  static override examples = ['<%= config.bin %> deploy', '<%= config.bin %> deploy --dry-run']
  static override flags = {
    ...projectFlags,
    yes: yesFlag,
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
  }

  async run(): Promise<DeployResult> {
    const {flags} = await this.parse(Deploy)
    const {version} = this.config
    const input = {file: flags.file, target: flags.target, dryRun: flags['dry-run'], version}
    const result = await deploy(input, await this.world(flags))
    return this.present(result, deployView)
  }
}
