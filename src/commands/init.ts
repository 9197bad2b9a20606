import {string} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {defaultTemplate, type InitResult, init} from '../actions/init.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {initView} from '../views/init.ts'

export default class Init extends MlpipeCommand {
  static override summary = 'Make a project that runs as it is'
  static override examples = [
    '<%= config.bin %> init tumours',
    '<%= config.bin %> init tumours --template minimal',
    '<%= config.bin %> init . --force',
  ]
  static override args = {
    directory: string({description: 'where to put it; made when missing', default: '.'}),
  }
  static override flags = {
    template: Flags.string({
      summary: 'What to start from',
      default: defaultTemplate,
      env: 'MLPIPE_TEMPLATE',
      helpValue: 'NAME',
    }),
    force: Flags.boolean({summary: 'Overwrite files that are there already', env: 'MLPIPE_FORCE'}),
  }

  async run(): Promise<InitResult> {
    const {args, flags} = await this.parse(Init)
    const {template, force} = flags
    const input = {directory: args.directory, template, force, templatesDirectory: this.templatesDirectory()}
    const result = await init(input, await this.world(flags))
    return this.present(result, initView)
  }
}
