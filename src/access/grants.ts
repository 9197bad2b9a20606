// What may be done to what, and how that becomes policy documents: equal things are said once, and what is too long for one
// managed policy goes into several.

/** Exactly these actions on exactly these resources: no pair that is not needed. */
export type Grant = {
  /** What it is for; letters and digits only, for it becomes the statement's Sid. */
  readonly topic: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition?: Condition
}

/** Operator, key, values: all of them must hold. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

export type Statement = {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Condition
}

export type TrustStatement = {
  readonly Effect: 'Allow'
  readonly Principal: {readonly Service: string}
  readonly Action: 'sts:AssumeRole'
  readonly Condition?: Condition
}

export type PolicyDocument = {readonly Version: '2012-10-17'; readonly Statement: readonly Statement[]}
export type TrustDocument = {readonly Version: '2012-10-17'; readonly Statement: readonly TrustStatement[]}

export const policyVersion = '2012-10-17'

/** Characters of a managed policy without its white space. Source: IAM User Guide, "IAM and AWS STS quotas". */
const managedPolicyMaximum = 6144

/** The grants with what they share said once; none allows more than they did. */
export function toStatements(grants: readonly Grant[]): Statement[] {
  const needed = grants.filter(({actions, resources}) => actions.length > 0 && resources.length > 0).map(tidy)
  const byResources = mergeBy(needed, ({resources}) => resources)
  const merged = mergeBy(byResources, ({actions}) => actions)
  const seen = new Map<string, number>()
  return merged.map(({topic, actions, resources, condition}) => {
    const count = (seen.get(topic) ?? 0) + 1
    seen.set(topic, count)
    return {
      Sid: count === 1 ? topic : `${topic}${count}`,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition ? {Condition: condition} : {}),
    }
  })
}

/** As many documents as the size of a managed policy makes necessary; a statement is never taken apart. */
export function toDocuments(statements: readonly Statement[]): PolicyDocument[] {
  const documents: Statement[][] = []
  for (const statement of statements) {
    const last = documents.at(-1)
    if (last && policySize([...last, statement]) <= managedPolicyMaximum) last.push(statement)
    else documents.push([statement])
  }
  return documents.map((each) => ({Version: policyVersion, Statement: each}))
}

function policySize(statements: readonly Statement[]): number {
  return JSON.stringify({Version: policyVersion, Statement: statements}).length
}

/** Grants of one topic and condition that agree in `part` become one, with the rest of each. */
function mergeBy(grants: readonly Grant[], part: (grant: Grant) => readonly string[]): Grant[] {
  const merged = new Map<string, Grant>()
  for (const grant of grants) {
    const key = JSON.stringify([grant.topic, grant.condition ?? null, part(grant)])
    const other = merged.get(key)
    if (!other) merged.set(key, grant)
    else
      merged.set(
        key,
        tidy({
          ...other,
          actions: [...other.actions, ...grant.actions],
          resources: [...other.resources, ...grant.resources],
        }),
      )
  }
  return [...merged.values()]
}

function tidy(grant: Grant): Grant {
  return {...grant, actions: distinct(grant.actions), resources: withoutCovered(distinct(grant.resources))}
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}

/** `b/x/y*` goes without saying beside `b/x/*`. */
export function withoutCovered(resources: readonly string[]): string[] {
  return resources.filter((one) => !resources.some((other) => other !== one && covers(other, one)))
}

/** Whether everything that `narrow` matches is matched by `wide`, which may have `*` in it. */
export function covers(wide: string, narrow: string): boolean {
  const pattern = wide.split('*').map(escapeForPattern).join('.*')
  return new RegExp(`^${pattern}$`, 's').test(narrow)
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
