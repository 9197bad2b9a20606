import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {type IamResult, iam, policyFormats} from '../actions/iam.ts'
import {writeOutput} from '../actions/write-output.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {iamFileView, iamView, policyText} from '../views/iam/iam.ts'

const principals = ['deployer', 'execution', 'trigger'] as const

export default class Iam extends MlpipeCommand {
  static override summary =
    'Print least-privilege policies: for who deploys, for the execution role, for the trigger role'
  static override description =
    'They follow from the spec; nothing is asked of AWS, and no credentials are needed. Where the trigger role is among them, the deployer may also create triggers.'
  static override examples = [
    '<%= config.bin %> iam deployer',
    '<%= config.bin %> iam --format cloudformation -o access.json',
    '<%= config.bin %> iam execution --format terraform -o access.tf',
  ]
  static override args = {
    principal: stringArgument({
      description: 'whose policies: deployer, execution or trigger; all three by default',
      options: [...principals],
    }),
  }
  static override flags = {
    ...projectFlags,
    format: Flags.option({
      summary: 'json (the documents), cloudformation (a template) or terraform (HCL)',
      options: policyFormats,
      default: 'json' as const,
      env: 'MLPIPE_FORMAT',
    })(),
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
  }

  async run(): Promise<IamResult> {
    const {args, flags} = await this.parse(Iam)
    const world = await this.world(flags)
    const principal = principals.find((one) => one === args.principal)
    const result = await iam({file: flags.file, target: flags.target, principal, format: flags.format}, world)
    if (flags.output === undefined) return this.present(result, iamView)

    await writeOutput(flags.output, policyText(result), world, {file: flags.file})
    return this.present(result, iamFileView(flags.output))
  }
}
