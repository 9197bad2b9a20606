// Node, Python, the sandbox, docker, git, and the place where the embedded engine keeps its state.

import {type Check, check, type Finding, finding} from './check.ts'
import type {Machine} from './machine.ts'

export type MachineNeeds = {
  /** Jobs run here: the target is the embedded engine. */
  readonly runsJobs: boolean
  readonly usesDocker: boolean
  readonly stateDirectory: string
}

/** package.json, engines. */
const oldestNode = [20, 19] as const

export async function machineChecks(machine: Machine, needs: MachineNeeds): Promise<Check[]> {
  return [
    await check({id: 'node', title: 'Node.js'}, () => nodeFinding(machine.nodeVersion)),
    await check({id: 'python', title: 'Python'}, () => pythonFinding(machine, needs)),
    await check({id: 'sandbox', title: 'sandbox'}, () => sandboxFinding(machine)),
    await check({id: 'docker', title: 'docker'}, () => dockerFinding(machine, needs)),
    await check({id: 'git', title: 'git'}, () => gitFinding(machine)),
    await check({id: 'state', title: 'local state'}, () => stateFinding(machine, needs)),
  ]
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
  if (isNew) return finding('ok', version)
  const wanted = oldestNode.join('.')
  return finding('failed', `${version} is too old: mlpipe needs ${wanted} or newer`, [
    `install Node.js ${wanted} or newer`,
  ])
}

async function pythonFinding(machine: Machine, {runsJobs}: MachineNeeds): Promise<Finding> {
  for (const program of ['python3', 'python']) {
    const answer = await machine.ask(program, ['--version'])
    if (answer.kind === 'answered') return finding('ok', `${answer.text} (${program})`)
  }
  return finding(
    runsJobs ? 'failed' : 'warning',
    'neither python3 nor python answers on PATH: the steps of a local run are run with it',
    ['install Python 3, and see that PATH names python3'],
  )
}

async function sandboxFinding(machine: Machine): Promise<Finding> {
  const sandbox = await machine.sandbox()
  if ('problem' in sandbox) return finding('failed', sandbox.problem, ['unset MLPIPE_SANDBOX'])
  if (sandbox.kind === 'bwrap') return finding('ok', 'bubblewrap: jobs see their own /opt/ml')
  if (sandbox.kind === 'unshare') return finding('ok', 'mount namespaces: jobs see their own /opt/ml')
  return finding(
    'warning',
    'none: programs that have /opt/ml/… written into them do not find their files in a local run',
    ['install bubblewrap (Linux), or give the step runner: docker'],
  )
}

async function dockerFinding(machine: Machine, {usesDocker}: MachineNeeds): Promise<Finding> {
  const answer = await machine.ask('docker', ['version', '--format', '{{.Server.Version}}'])
  if (answer.kind === 'answered') return finding('ok', `server ${answer.text}`)
  const isMissing = answer.kind === 'missing'
  const why = isMissing ? 'there is no docker on PATH' : `the docker daemon does not answer: ${answer.text}`
  if (!usesDocker) return finding('skipped', `no step has runner: docker; ${why}`)
  return finding('failed', `${why}, and a step has runner: docker`, [
    isMissing ? 'install Docker' : 'start Docker, or join the group that may use it',
    'or take runner: process for the step',
  ])
}

async function gitFinding(machine: Machine): Promise<Finding> {
  const answer = await machine.ask('git', ['--version'])
  if (answer.kind === 'answered') return finding('ok', answer.text.replace(/^git version /, ''))
  return finding('warning', 'there is no git on PATH: what was deployed from which commit cannot be told', [
    'install git',
  ])
}

async function stateFinding(machine: Machine, {runsJobs, stateDirectory}: MachineNeeds): Promise<Finding> {
  const why = await machine.whyReadOnly(stateDirectory)
  if (why === undefined) return finding('ok', stateDirectory)
  return finding(runsJobs ? 'failed' : 'warning', `${stateDirectory} cannot be written: ${why}`, [
    'take a directory of your own for the project',
  ])
}
