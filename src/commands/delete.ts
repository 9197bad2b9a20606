import * as Flags from '@oclif/core/flags'
import {deletePipeline} from '../actions/delete/delete-pipeline.ts'
import type {DeleteResult} from '../actions/delete/delete-result.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags, yesFlag} from '../cli/flags.ts'
import {deleteView} from '../views/delete.ts'

export default class Delete extends MlpipeCommand {
  static override summary = 'Delete the pipeline and what starts it'
  static override description =
    'Lists what goes and what stays, and asks. Rules and schedules that start the pipeline go with it, and so do the alarms, ' +
    'the schedule group and the role that mlpipe made for them, also where an earlier delete has left them over; a rule ' +
    'that starts other things too keeps those. Data stays unless --data is given. Models and model package groups always stay.'
  static override examples = [
    '<%= config.bin %> delete -t prod',
    '<%= config.bin %> delete -t prod --dry-run',
    '<%= config.bin %> delete --data --yes',
  ]
  static override flags = {
    ...projectFlags,
    yes: yesFlag,
    data: Flags.boolean({
      summary: "Delete the pipeline's code, data and results in S3 too: all below s3://BUCKET/PIPELINE/",
      env: 'MLPIPE_DATA',
    }),
    'dry-run': Flags.boolean({summary: 'Only say what would be done', env: 'MLPIPE_DRY_RUN'}),
  }

  async run(): Promise<DeleteResult> {
    const {flags} = await this.parse(Delete)
    const {file, target, yes, data: withData, 'dry-run': dryRun} = flags
    const result = await deletePipeline({file, target, yes, withData, dryRun}, await this.world(flags))
    return this.present(result, deleteView)
  }
}
