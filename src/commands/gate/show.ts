import {type GatesResult, showGates} from '../../actions/gates/show-gates.ts'
import {MlpipeCommand} from '../../cli/base-command.ts'
import {projectFlags} from '../../cli/flags.ts'
import {gatesView} from '../../views/gate/show.ts'

export default class GateShow extends MlpipeCommand {
  static override summary = 'Show what the gates of the deployed pipeline ask for, with the champion as it is now'
  static override examples = ['<%= config.bin %> gate show', '<%= config.bin %> gate show -t prod --json']
  static override flags = projectFlags

  async run(): Promise<GatesResult> {
    const {flags} = await this.parse(GateShow)
    const result = await showGates({file: flags.file, target: flags.target}, await this.world(flags))
    return this.present(result, gatesView)
  }
}
