import * as Flags from '@oclif/core/flags'
import {type SchemaResult, schema} from '../actions/schema.ts'
import {writeOutput} from '../actions/write-output.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {schemaFileView, schemaView} from '../views/schema.ts'

export default class Schema extends MlpipeCommand {
  static override summary = 'Print the JSON Schema of the spec, for completion and hover text in editors'
  static override description =
    'mlpipe init writes it beside the spec. After an update of mlpipe, the second example brings the file up to date.'
  static override examples = ['<%= config.bin %> schema', '<%= config.bin %> schema -o .mlpipe.schema.json']
  static override flags = {
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
  }

  async run(): Promise<SchemaResult> {
    const {flags} = await this.parse(Schema)
    const result = schema()
    if (flags.output === undefined) return this.present(result, schemaView)

    await writeOutput(flags.output, result.text, await this.world(flags))
    return this.present(result, schemaFileView(flags.output))
  }
}
