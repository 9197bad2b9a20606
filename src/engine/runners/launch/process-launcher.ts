// Runs a job's program as a process of this machine, which sees its own directory as /opt/ml where the system allows it.

import {mapMlJson} from '../ml-paths.ts'
import {jobEnvironment} from './environment.ts'
import {type Launcher, writeConfigFiles} from './launcher.ts'
import {prepareProgram} from './prepare-program.ts'
import {chooseSandbox} from './sandbox.ts'

export const launchProcess: Launcher = async (context) => {
  const {request, deps, jobDirectory, mlDirectory, note} = context
  const {stateDirectory, env} = deps
  const sandbox = await chooseSandbox(env, jobDirectory)

  return async (plan) => {
    const planned = await plan.command(context)
    const isMapped = sandbox.kind === 'none'
    writeConfigFiles(plan, context, (content) => (isMapped ? mapMlJson(content, mlDirectory) : content))
    const environment = jobEnvironment(request, planned.environment, env)
    const premises = {jobDirectory, mlDirectory, stateDirectory, env, note}
    const {argv, start, discard} = await prepareProgram({...planned, environment}, sandbox, premises)
    return {command: {...planned, argv}, start, discard}
  }
}
