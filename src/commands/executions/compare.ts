import {string as stringArgument} from '@oclif/core/args'
import {type CompareResult, compareExecutions} from '../../actions/executions/compare-executions.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {executionArgument, projectFlags} from '../../cli/flags.ts'
import {compareView} from '../../views/compare.ts'

export default class ExecutionsCompare extends MlpipeCommand {
  static override summary = 'Line up two executions: parameters, steps, metrics and reports'
  static override examples = [
    '<%= config.bin %> executions compare 3fa9 latest',
    '<%= config.bin %> executions compare 3fa9 b71d --json',
  ]
  static override args = {
    first: stringArgument({
      name: 'first',
      required: true,
      description: 'id, the beginning of an id, ARN, or "latest"',
    }),
    second: executionArgument,
  }
  static override flags = projectFlags

  async run(): Promise<CompareResult> {
    const {args, flags} = await this.parse(ExecutionsCompare)
    const input = {file: flags.file, target: flags.target, before: args.first, after: args.second}
    const result = await compareExecutions(input, await this.world(flags))
    return this.present(result, compareView)
  }
}
