import {type ApprovalResult, setApproval} from '../../actions/models/set-approval.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {modelArgument, projectFlags, reasonFlag} from '../../cli/flags.ts'
import {approvalView} from '../../views/models/registry.ts'

export default class ModelsReject extends MlpipeCommand {
  static override summary = 'Reject a registered model'
  static override examples = [
    '<%= config.bin %> models reject tumour-classifier/1',
    '<%= config.bin %> models reject --reason "too few patients"',
  ]
  static override args = {model: modelArgument}
  static override flags = {...projectFlags, reason: reasonFlag}

  async run(): Promise<ApprovalResult> {
    const {args, flags} = await this.parse(ModelsReject)
    const {file, target, reason} = flags
    const input = {file, target, model: args.model, approval: 'Rejected', reason} as const
    const result = await setApproval(input, await this.world(flags))
    return this.present(result, approvalView)
  }
}
