import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {deploy} from '../actions/deploy/deploy.ts'
import type {DeployResult} from '../actions/deploy/deploy-result.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags, yesFlag} from '../cli/flags.ts'
import {deployView} from '../views/deploy.ts'

export default class Deploy extends MlpipeCommand {
  static override summary = 'Upload code and data, and create or update the pipeline'
  static override description =
    'On an AWS target it first shows what would change and asks; without a terminal it needs --yes. On local nothing is asked. ' +
    'A deploy that broke off goes on where it ended when it is run again.\n' +
    'It says where triggers differ from those that the spec declares; with --triggers it brings them in line, and offers to ' +
    'remove those that the spec declares no longer.\n' +
    'With a plan that "mlpipe diff -o" wrote, exactly that is deployed, without a question, and only while the deployed ' +
    'pipeline and the local files are what the plan has seen.'
  static override examples = [
    '<%= config.bin %> deploy',
    '<%= config.bin %> deploy --dry-run',
    '<%= config.bin %> deploy -t prod --yes',
    '<%= config.bin %> deploy --triggers',
    '<%= config.bin %> deploy plan.json',
  ]
  static override args = {
    plan: stringArgument({description: 'a plan that "mlpipe diff -o" wrote, in place of the spec'}),
  }
  static override flags = {
    ...projectFlags,
    yes: yesFlag,
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
    triggers: Flags.boolean({
      summary: 'Make the triggers as the spec declares them',
      env: 'MLPIPE_TRIGGERS',
    }),
    adopt: Flags.boolean({
      summary: 'Take over a pipeline of this name that was not made by mlpipe',
      env: 'MLPIPE_ADOPT',
      helpGroup: 'AWS',
    }),
  }

  async run(): Promise<DeployResult> {
    const {args, flags} = await this.parse(Deploy)
    const {file, target, yes, adopt, triggers, 'dry-run': dryRun} = flags
    const input = {file, target, plan: args.plan, dryRun, yes, adopt, triggers, version: this.config.version}
    const result = await deploy(input, await this.world(flags))
    return this.present(result, deployView)
  }
}
