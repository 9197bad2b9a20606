import {string as stringArgument} from '@oclif/core/args'
import type {WhyResult} from '../actions/forecast/forecast.ts'
import {why} from '../actions/why.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {parameterFlags, projectFlags} from '../cli/flags.ts'
import {whyView} from '../views/why.ts'

export default class Why extends MlpipeCommand {
  static override summary = 'Show why a step would be reused or rerun, with its whole cache key'
  static override description =
    'For the next run of the spec as it is, or, with an execution, why the step ran or was reused in that one.'
  static override examples = [
    '<%= config.bin %> why train',
    '<%= config.bin %> why train --param epochs=50',
    '<%= config.bin %> why train latest',
  ]
  static override args = {
    step: stringArgument({name: 'step', required: true, description: 'the name of a step'}),
    execution: stringArgument({
      name: 'execution',
      description: 'id, the beginning of an id, ARN, or "latest"; by default the run that would come next',
    }),
  }
  static override flags = {...projectFlags, ...parameterFlags}

  async run(): Promise<WhyResult> {
    const {args, flags} = await this.parse(Why)
    const input = {
      file: flags.file,
      target: flags.target,
      step: args.step,
      execution: args.execution,
      parameters: flags.param ?? [],
      parametersFile: flags['params-file'],
    }
    const result = await why(input, await this.world(flags))
    return this.present(result, whyView)
  }
}
