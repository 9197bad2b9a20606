import {type DoctorResult, doctor} from '../actions/doctor/doctor.ts'
import {MlpipeCommand} from '../cli/base-command.ts'
import {projectFlags} from '../cli/flags.ts'
import {thisMachine} from '../cli/machine.ts'
import {doctorView} from '../views/doctor.ts'

export default class Doctor extends MlpipeCommand {
  static override summary = 'Look whether everything is in place: this machine, the spec, and the account of the target'
  static override description =
    'Changes nothing. Ends with 1 when a check has failed; warnings and checks that were skipped do not count.'
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor -t prod']
  static override flags = projectFlags

  async run(): Promise<DoctorResult> {
    const {flags} = await this.parse(Doctor)
    const world = await this.world(flags)
    const result = await doctor({file: flags.file, target: flags.target}, world, thisMachine(world.env))
    return this.present(result, doctorView)
  }
}
