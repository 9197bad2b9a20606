import {type ValidateResult, validate} from '../actions/validate.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {validateView} from '../views/validate.ts'

export default class Validate extends MlpipeCommand {
  static override summary = 'Check the spec and everything it refers to'
  static override examples = ['<%= config.bin %> validate', '<%= config.bin %> validate -f mlpipe.yaml --json']
  static override flags = projectFlags

  async run(): Promise<ValidateResult> {
    const {flags} = await this.parse(Validate)
    const result = await validate({file: flags.file, target: flags.target}, await this.world(flags))
    return this.present(result, validateView)
  }
}
