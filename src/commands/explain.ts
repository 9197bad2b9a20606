import {string as stringArgument} from '@oclif/core/args'
import {type ExplainResult, explain} from '../actions/explain.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {explainView} from '../views/explain.ts'

export default class Explain extends MlpipeCommand {
  static override summary = 'Explain a diagnostic code, a step type, a kind of trigger, or a key of the spec'
  static override description = 'Without a name, lists all there are. Reads no file and needs no network.'
  static override examples = [
    '<%= config.bin %> explain unknown-key',
    '<%= config.bin %> explain training',
    '<%= config.bin %> explain processing.inputs',
    '<%= config.bin %> explain triggers.schedule',
  ]
  static override args = {
    topic: stringArgument({
      name: 'topic',
      description:
        'a diagnostic code, a step type, a kind of trigger such as triggers.s3, or a key such as training.retry',
    }),
  }

  async run(): Promise<ExplainResult> {
    const {args} = await this.parse(Explain)
    return this.present(explain(args.topic), explainView)
  }
}
