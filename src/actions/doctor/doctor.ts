// Looks whether everything is in place: this machine, the spec, and the account of the target.

import type {PipelineSpec} from '../../spec/pipeline-spec.ts'
import type {ProjectInput} from '../open-project.ts'
import type {World} from '../world.ts'
import {accountChecks} from './account-checks.ts'
import type {Check, CheckState} from './check.ts'
import type {Machine} from './machine.ts'
import {machineChecks} from './machine-checks.ts'
import {openSpec} from './spec-check.ts'

export type DoctorResult = {
  readonly formatVersion: 1
  /** Absent where the spec does not tell. */
  readonly target?: string
  readonly outcome: 'passed' | 'failed'
  readonly counts: Readonly<Record<CheckState, number>>
  readonly checks: readonly Check[]
  /** Commands that look further. */
  readonly next: readonly string[]
}

export async function doctor(input: ProjectInput, world: World, machine: Machine): Promise<DoctorResult> {
  const {check: spec, target, project} = await openSpec(input, world)
  const isLocal = target === undefined || target.kind === 'local'
  const local = await machineChecks(machine, {
    runsJobs: isLocal,
    usesDocker: isLocal && project !== undefined && usesDocker(project.spec),
    stateDirectory: target?.stateDirectory ?? `${world.cwd}/.mlpipe`,
  })
  const account = isLocal ? [] : await accountChecks(target, project, input, world)
  const checks = [...local, spec, ...account]
  const others = isLocal ? (project?.spec.targets ?? []) : []
  return {
    formatVersion: 1,
    ...(target ? {target: target.name} : {}),
    outcome: checks.some(({state}) => state === 'failed') ? 'failed' : 'passed',
    counts: countStates(checks),
    checks,
    next: others.map(({name}) => `mlpipe doctor -t ${name}`),
  }
}

function usesDocker({steps, defaults}: PipelineSpec): boolean {
  const usual = defaults.local?.runner?.value
  return steps.some((step) => 'local' in step && (step.local?.runner?.value ?? usual) === 'docker')
}

function countStates(checks: readonly Check[]): DoctorResult['counts'] {
  const count = (state: CheckState) => checks.filter((one) => one.state === state).length
  return {ok: count('ok'), warning: count('warning'), failed: count('failed'), skipped: count('skipped')}
}
