// Least-privilege policies for the people and roles of a pipeline, from its definition alone: nothing is asked of AWS.

import {grantsFor, type PrincipalName, principals, trustOf} from '../access/access.ts'
import {executionNotes} from '../access/execution-policy.ts'
import {type PolicyDocument, type TrustDocument, toDocuments, toStatements} from '../access/grants.ts'
import type {AccessSubject} from '../access/subject.ts'
import {openProject, type ProjectInput} from './open-project.ts'
import {placeholderAccount, policySubject, policyTarget, roleName} from './policy-subject.ts'
import type {World} from './world.ts'

export const policyFormats = ['json', 'cloudformation', 'terraform'] as const
export type PolicyFormat = (typeof policyFormats)[number]

export type IamInput = ProjectInput & {
  /** All of them when absent. */
  readonly principal?: PrincipalName | undefined
  readonly format: PolicyFormat
}

export type PrincipalPolicies = {
  readonly principal: PrincipalName
  /** Of the role; of the deployer, who is somebody already, what policies are called by. */
  readonly name: string
  /** Absent for the deployer. */
  readonly path?: string
  /** Who may take the role; absent for the deployer. */
  readonly trust?: TrustDocument
  /** More than one where they are too long for one managed policy. */
  readonly policies: readonly {readonly name: string; readonly document: PolicyDocument}[]
}

export type IamResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly region: string
  /** `ACCOUNT_ID` where the spec does not tell. */
  readonly account: string
  readonly format: PolicyFormat
  readonly principals: readonly PrincipalPolicies[]
  /** What the policies cannot say, and what has to be filled in. */
  readonly notes: readonly string[]
}

export async function iam(input: IamInput, world: World): Promise<IamResult> {
  const wanted = input.principal === undefined ? principals : [input.principal]
  const project = await openProject(input, world, policyTarget)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const subject = policySubject(project, {withTriggers: wanted.includes('trigger')})
  const notes = [
    ...(subject.account === placeholderAccount
      ? [`put the account's number where ${placeholderAccount} stands, or write account: under the target`]
      : []),
    ...(input.format !== 'json' && wanted.includes('execution') && project.target.declared?.role
      ? [`the role ${roleName(subject.role).name} is made anew: import it where it exists already`]
      : []),
    ...(wanted.includes('execution') ? executionNotes(subject) : []),
  ]
  for (const message of notes) world.reporter.report({kind: 'note', message})

  return {
    formatVersion: 1,
    pipeline: project.pipelineName,
    target: project.target.name,
    region: subject.region,
    account: subject.account,
    format: input.format,
    principals: wanted.map((principal) => policiesOf(principal, subject)),
    notes,
  }
}

function policiesOf(principal: PrincipalName, subject: AccessSubject): PrincipalPolicies {
  const role = roleOf(principal, subject)
  const name = role?.name ?? `${subject.pipelineName}-deployer`
  const trust = trustOf(principal, subject)
  const documents = toDocuments(toStatements(grantsFor(principal, subject)))
  return {
    principal,
    name,
    ...(role ? {path: role.path} : {}),
    ...(trust ? {trust} : {}),
    policies: documents.map((document, index) => ({name: index === 0 ? name : `${name}-${index + 1}`, document})),
  }
}

function roleOf(principal: PrincipalName, {role, triggerRole}: AccessSubject): ReturnType<typeof roleName> | undefined {
  if (principal === 'execution') return roleName(role)
  return principal === 'trigger' && triggerRole !== undefined ? roleName(triggerRole) : undefined
}
