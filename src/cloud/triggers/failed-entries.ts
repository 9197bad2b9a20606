// Entries that failed come in an answer that is no error (EventBridge API Reference, PutTargets and RemoveTargets): here it becomes one.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'

type Answer = {
  readonly FailedEntryCount?: number | undefined
  readonly FailedEntries?:
    | readonly {
        readonly TargetId?: string | undefined
        readonly ErrorCode?: string | undefined
        readonly ErrorMessage?: string | undefined
      }[]
    | undefined
}

type Rule = {readonly name: string; readonly bus: string}

export function refuseUnputTargets(answer: Answer, rule: Rule): void {
  refuseFailed(answer, rule, {code: 'targets-not-put', says: 'PutTargets put no target on'})
}

/** One that has gone already is removed. */
export function refuseLeftTargets(answer: Answer, rule: Rule): void {
  refuseFailed(answer, rule, {code: 'targets-not-removed', says: 'RemoveTargets left targets on'}, [
    'ResourceNotFoundException',
  ])
}

function refuseFailed(
  {FailedEntryCount = 0, FailedEntries = []}: Answer,
  {name, bus}: Rule,
  {code, says}: {readonly code: string; readonly says: string},
  passedOver: readonly string[] = [],
): void {
  const failed = FailedEntries.filter(({ErrorCode = ''}) => !passedOver.includes(ErrorCode))
  if (FailedEntryCount <= FailedEntries.length - failed.length) return
  const reasons = failed.map(({TargetId, ErrorCode, ErrorMessage}) => `${TargetId}: ${ErrorCode}, ${ErrorMessage}`)
  const why = reasons.length === 0 ? `${FailedEntryCount} failed, and nothing is said of why` : reasons.join('; ')
  throw new MlpipeError({
    code,
    who: 'service',
    message: `${says} the rule "${name}": ${why}`,
    nextSteps: [`aws events list-targets-by-rule --rule ${name} --event-bus-name ${bus}`],
  })
}
