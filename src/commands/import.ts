import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {type ImportResult, importPipeline} from '../actions/import.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {importedFileView, importView} from '../views/import.ts'

export default class Import extends MlpipeCommand {
  static override summary = 'Turn an existing pipeline into a spec that compiles to the same definition'
  static override description =
    'Steps are written in the short keys of their kind; what those cannot say stands under api: and definition:, in the words of SageMaker. Compiled again, the spec gives the definition it came from, to the digit.'
  static override examples = [
    '<%= config.bin %> import definition.json -o mlpipe.yaml',
    '<%= config.bin %> import churn > churn.yaml',
    'aws sagemaker describe-pipeline --pipeline-name churn | <%= config.bin %> import - -o churn.yaml',
  ]
  static override args = {
    source: stringArgument({
      description:
        'a file with a definition or with what describe-pipeline answers, - for standard input, or the name or ARN of a pipeline on the target',
      required: true,
    }),
  }
  static override flags = {
    ...projectFlags,
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
    name: Flags.string({summary: 'The name of the pipeline', env: 'MLPIPE_NAME', helpValue: 'NAME'}),
    check: Flags.boolean({summary: 'Compile the spec again, and exit with 1 where it differs', env: 'MLPIPE_CHECK'}),
    force: Flags.boolean({summary: 'Overwrite the file', env: 'MLPIPE_FORCE'}),
  }

  async run(): Promise<ImportResult> {
    const {args, flags} = await this.parse(Import)
    const {file, target, output, name, check, force} = flags
    const input = {source: args.source, file, target, output, name, check, force}
    const result = await importPipeline(input, await this.world(flags))
    return this.present(result, output === undefined ? importView : importedFileView)
  }
}
