import {type ResetResult, resetLocal} from '../../actions/reset-local.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {fileFlag, yesFlag} from '../../cli/flags.ts'
import {resetView} from '../../views/reset.ts'

export default class LocalReset extends MlpipeCommand {
  static override summary = 'Delete what the embedded engine has kept: pipelines, executions, models and their files'
  static override examples = ['<%= config.bin %> local reset', '<%= config.bin %> local reset --yes']
  static override flags = {file: fileFlag, yes: yesFlag}

  async run(): Promise<ResetResult> {
    const {flags} = await this.parse(LocalReset)
    const result = await resetLocal({file: flags.file, yes: flags.yes}, await this.world(flags))
    return this.present(result, resetView)
  }
}
