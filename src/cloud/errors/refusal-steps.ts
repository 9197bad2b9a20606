// What to do about a request that was refused, where the name of the error says no more than that.

const schedule = [
  'mlpipe explain triggers  (what a schedule may be)',
  'mlpipe doctor  (whether its role is there, and trusts EventBridge)',
]

/** Where the role or the schedule expression is most often what is wrong. */
const steps: Readonly<Record<string, readonly string[]>> = {
  CreateSchedule: schedule,
  UpdateSchedule: schedule,
  PutRule: schedule.slice(0, 1),
  PutTargets: schedule.slice(1),
}

export function refusalSteps(operation: string): readonly string[] {
  return steps[operation] ?? []
}
