import {type ModelResult, showModel} from '../../actions/models/show-model.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {modelArgument, projectFlags} from '../../cli/flags.ts'
import {modelView} from '../../views/models/registry.ts'

export default class ModelsShow extends MlpipeCommand {
  static override summary = 'Show a registered model'
  static override examples = ['<%= config.bin %> models show', '<%= config.bin %> models show tumour-classifier/1']
  static override args = {model: modelArgument}
  static override flags = projectFlags

  async run(): Promise<ModelResult> {
    const {args, flags} = await this.parse(ModelsShow)
    const input = {file: flags.file, target: flags.target, model: args.model}
    const result = await showModel(input, await this.world(flags))
    return this.present(result, modelView)
  }
}
