import {string} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {listModels, type ModelsResult} from '../../actions/models/list-models.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {modelsView} from '../../views/models/registry.ts'

export default class ModelsList extends MlpipeCommand {
  static override summary = 'List registered models, newest first, with metrics and what serves them'
  static override examples = [
    '<%= config.bin %> models list',
    '<%= config.bin %> models list tumour-classifier --approval Approved',
    '<%= config.bin %> models list --all --limit 100 --json',
  ]
  static override args = {
    group: string({description: 'a model group; by default the groups that the pipeline registers into'}),
  }
  static override flags = {
    ...projectFlags,
    all: Flags.boolean({summary: 'The model groups of all pipelines', env: 'MLPIPE_ALL'}),
    approval: Flags.option({
      summary: 'Only with this approval',
      options: ['Approved', 'Rejected', 'PendingManualApproval'] as const,
      env: 'MLPIPE_APPROVAL',
    })(),
    limit: Flags.integer({summary: 'The most to list', min: 1, default: 20, env: 'MLPIPE_LIMIT', helpValue: 'N'}),
  }

  async run(): Promise<ModelsResult> {
    const {args, flags} = await this.parse(ModelsList)
    const {file, target, all, approval, limit} = flags
    const result = await listModels({file, target, group: args.group, all, approval, limit}, await this.world(flags))
    return this.present(result, modelsView)
  }
}
