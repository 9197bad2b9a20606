// Which process runs an execution, in a way that survives the reuse of process ids: the id and the time of its start.
// Limit: two machines (or containers with their own process ids) that share one state directory cannot tell each other's processes.

import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {pid as ownPid, platform} from 'node:process'

export type ProcessIdentity = {readonly pid: number; readonly start: string}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return {pid: ownPid, start: startOf(ownPid) ?? 'unknown'}
}

export function isAlive(identity: ProcessIdentity): boolean {
  return startOf(identity.pid) === identity.start
}

/** A mark that differs between two processes that had the same id; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  return platform === 'linux' ? startTicks(pid) : startDate(pid)
}

/** proc(5): after the command in parentheses come the state (field 3) and, as field 22, the start in clock ticks since boot. */
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const isDead = fields[0] === 'Z' || fields[0] === 'X'
    return isDead ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function startDate(pid: number): string | undefined {
  try {
    const command = ['-o', 'lstart=', '-p', String(pid)]
    return execFileSync('/bin/ps', command, {encoding: 'utf8', env: {LC_ALL: 'C'}, stdio: 'pipe'}).trim() || undefined
  } catch {
    return undefined
  }
}
