import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {type GateTestResult, testGate} from '../../actions/gates/test-gate.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {parameterFlags, projectFlags} from '../../cli/flags.ts'
import {gateTestView} from '../../views/gate/test.ts'

export default class GateTest extends MlpipeCommand {
  static override summary = 'Try a gate, or any condition, on metrics that are given'
  static override description =
    'Decides the condition as an execution would, and tells each requirement with the values that are compared. Asks no ' +
    'target, unless the champion is named by its version.\n' +
    'Exit code: 0 when all requirements hold, 1 when one does not.'
  static override examples = [
    '<%= config.bin %> gate test --metrics metrics.json',
    '<%= config.bin %> gate test gate --metrics metrics.json --champion 0.95',
    '<%= config.bin %> gate test gate --metrics metrics.json --champion churn/3 --param minAccuracy=0.8',
  ]
  static override args = {
    gate: stringArgument({description: 'a condition of the spec; by default its only gate'}),
  }
  static override flags = {
    ...projectFlags,
    ...parameterFlags,
    metrics: Flags.string({
      char: 'm',
      summary:
        'A file with the report, - for standard input, or the JSON itself; STEP.REPORT=FILE where there are several',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'FILE',
    }),
    champion: Flags.string({
      summary: 'What the champion came to: a number, a file of its metrics, group/version, or none',
      env: 'MLPIPE_CHAMPION',
      helpValue: 'VALUE',
    }),
  }

  async run(): Promise<GateTestResult> {
    const {args, flags} = await this.parse(GateTest)
    const {file, target, metrics = [], champion, param: parameters = [], 'params-file': parametersFile} = flags
    const input = {file, target, gate: args.gate, metrics, champion, parameters, parametersFile}
    const result = await testGate(input, await this.world(flags))
    return this.present(result, gateTestView)
  }
}
