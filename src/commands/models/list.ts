import {string} from '@oclif/core/args'
import {listModels, type ModelsResult} from '../../actions/models/list-models.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {modelsView} from '../../views/models.ts'

export default class ModelsList extends MlpipeCommand {
  static override summary = 'List registered models, newest first'
  static override examples = ['<%= config.bin %> models list', '<%= config.bin %> models list tumour-classifier --json']
  static override args = {
    group: string({description: 'a model group; by default the groups that the pipeline registers into'}),
  }
  static override flags = projectFlags

  async run(): Promise<ModelsResult> {
    const {args, flags} = await this.parse(ModelsList)
    const input = {file: flags.file, target: flags.target, group: args.group}
    const result = await listModels(input, await this.world(flags))
    return this.present(result, modelsView)
  }
}
