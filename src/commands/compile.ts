import * as Flags from '@oclif/core/flags'
import {type CompileResult, compile} from '../actions/compile.ts'
import {writeOutput} from '../actions/write-output.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {compiledFileView, compileView} from '../views/compile.ts'

export default class Compile extends MlpipeCommand {
  static override summary = 'Print the SageMaker pipeline definition of the spec'
  static override description =
    'The same spec, target and files give the same bytes on every machine. Nothing is uploaded or deployed.'
  static override examples = [
    '<%= config.bin %> compile > definition.json',
    '<%= config.bin %> compile -o definition.json',
  ]
  static override flags = {
    ...projectFlags,
    output: Flags.string({char: 'o', summary: 'Write it to this file', env: 'MLPIPE_OUTPUT', helpValue: 'FILE'}),
  }

  async run(): Promise<CompileResult> {
    const {flags} = await this.parse(Compile)
    const world = await this.world(flags)
    const result = await compile({file: flags.file, target: flags.target}, world)
    if (flags.output === undefined) return this.present(result, compileView)

    await writeOutput(flags.output, result.definition, world, {file: flags.file})
    return this.present(result, compiledFileView(flags.output))
  }
}
