import {string as stringArgument} from '@oclif/core/args'
import {type CompareModelsResult, compareModels} from '../../actions/models/compare-models.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {compareModelsView} from '../../views/models/compare.ts'

export default class ModelsCompare extends MlpipeCommand {
  static override summary = 'Line up two registered models: metrics, parameters, data and code'
  static override description =
    'Without models, the latest is compared with the champion: the latest approved version before it. With one, that one is. Each step ' +
    'counts as it really ran: of one that was cached, the execution that its result came from. Data and code are compared by ' +
    'their content where it is known. A metric is called better or worse only where its name says which way is better.'
  static override examples = [
    '<%= config.bin %> models compare',
    '<%= config.bin %> models compare tumour-classifier/1 tumour-classifier/3',
    '<%= config.bin %> models compare tumour-classifier/3 --json',
  ]
  static override args = {
    first: stringArgument({description: 'group/version, group (its latest version), or ARN'}),
    second: stringArgument({description: 'the same; without it the first is compared with the champion'}),
  }
  static override flags = projectFlags

  async run(): Promise<CompareModelsResult> {
    const {args, flags} = await this.parse(ModelsCompare)
    const input = {file: flags.file, target: flags.target, first: args.first, second: args.second}
    const result = await compareModels(input, await this.world(flags))
    return this.present(result, compareModelsView)
  }
}
