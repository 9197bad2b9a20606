// `mlpipe iam`: the policies in the wanted format, and nothing else, so that the text can be piped.

import type {IamResult, PolicyFormat} from '../../actions/iam.ts'
import type {View} from '../view.ts'
import {cloudFormationText} from './cloudformation.ts'
import {terraformText} from './terraform.ts'

const writers: Readonly<Record<PolicyFormat, (result: IamResult) => string>> = {
  json: policiesText,
  cloudformation: cloudFormationText,
  terraform: terraformText,
}

/** Ends with a newline. */
export function policyText(result: IamResult): string {
  return writers[result.format](result)
}

export const iamView: View<IamResult> = {
  human: (result) => policyText(result).replace(/\n$/, ''),
  json: (result) => ({...result, text: policyText(result)}),
}

/** The text went into a file. */
export function iamFileView(path: string): View<IamResult> {
  return {
    human: ({pipeline, target, format, principals}) => {
      const who = principals.map(({principal}) => principal).join(', ')
      const lines = [`${path} holds the policies of ${pipeline} for target ${target}: ${who}`]
      return [...lines, ...nextOf(format, path, pipeline)].join('\n')
    },
    json: iamView.json,
  }
}

function nextOf(format: PolicyFormat, path: string, pipeline: string): string[] {
  if (format !== 'cloudformation') return []
  const stack = `aws cloudformation deploy --stack-name ${pipeline.slice(0, 100)}-access --template-file ${path}`
  return ['next:', `  ${stack} --capabilities CAPABILITY_NAMED_IAM`]
}

/** By principal: the trust policy of a role, and its policies. */
function policiesText({principals}: IamResult): string {
  const byPrincipal = principals.map(({principal, name, trust, policies}) => [
    principal,
    {name, ...(trust ? {trust} : {}), policies: policies.map(({document}) => document)},
  ])
  return `${JSON.stringify(Object.fromEntries(byPrincipal), null, 2)}\n`
}
