// Runs a job's program as a process of this machine, which sees its own directory as /opt/ml where the system allows it.

import type {Command, JobContext} from '../job-plan.ts'
import {mapMlJson, mapMlText} from '../ml-paths.ts'
import {jobEnvironment} from './environment.ts'
import {startProcess} from './job-process.ts'
import {type Launcher, writeConfigFiles} from './launcher.ts'
import {openOutputPipe} from './output-pipe.ts'
import {resolveProgram} from './programs.ts'
import {chooseSandbox, type Sandbox, sandboxCommand} from './sandbox.ts'

export const launchProcess: Launcher = async (context) => {
  const {deps, jobDirectory, mlDirectory} = context
  const sandbox = await chooseSandbox(deps.env, jobDirectory)
  const isMapped = sandbox.kind === 'none'

  return async (plan) => {
    const planned = await plan.command(context)
    const program = await resolveProgram(planned.argv[0] ?? '', deps.env, deps.stateDirectory)
    const command = {...planned, argv: [program, ...planned.argv.slice(1)]}
    writeConfigFiles(plan, context, (content) => (isMapped ? mapMlJson(content, mlDirectory) : content))
    if (isMapped) remarkOnPaths(context)
    const pipe = await openOutputPipe(jobDirectory, deps.env)
    return {
      command,
      start(onLine) {
        const {prefix, setUp} = sandboxCommand(sandbox, jobDirectory)
        return startProcess({prefix, setUp, ...asSeenByJob(command, context, sandbox), pipe, onLine})
      },
      discard: () => pipe?.closeWriter(),
    }
  }
}

/** The command with its whole environment; without a sandbox, every /opt/ml in it becomes the job's own directory. */
function asSeenByJob(command: Command, {request, deps, mlDirectory}: JobContext, sandbox: Sandbox): Command {
  const environment = jobEnvironment(request, command.environment, deps.env)
  if (sandbox.kind !== 'none') return {...command, environment}
  const map = (text: string) => mapMlText(text, mlDirectory)
  return {
    argv: command.argv.map(map),
    workingDirectory: map(command.workingDirectory),
    environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, map(value)])),
  }
}

function remarkOnPaths({note, mlDirectory}: JobContext): void {
  note(
    `no sandbox: /opt/ml stands for ${mlDirectory} in the entrypoint, arguments, environment and configuration; ` +
      'a script with /opt/ml written into it does not find it. Install bubblewrap (bwrap) for a real /opt/ml',
  )
}
