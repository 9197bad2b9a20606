// Policies as a CloudFormation template, in JSON. Source: CloudFormation Template Reference, AWS::IAM::Role and
// AWS::IAM::ManagedPolicy.

import type {IamResult, PrincipalPolicies} from '../../actions/iam.ts'

export function cloudFormationText({pipeline, principals}: IamResult): string {
  const resources = principals.flatMap(resourcesOf)
  const roles = principals.filter(({trust}) => trust)
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Who may deploy, run and trigger the SageMaker pipeline ${pipeline}`,
    Resources: Object.fromEntries(resources),
    ...(roles.length === 0 ? {} : {Outputs: Object.fromEntries(roles.map(outputOf))}),
  }
  return `${JSON.stringify(template, null, 2)}\n`
}

function resourcesOf(own: PrincipalPolicies): (readonly [string, unknown])[] {
  const {name, path, trust, policies} = own
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {RoleName: name, Path: path, AssumeRolePolicyDocument: trust},
  }
  return [
    ...(trust ? [[roleId(own), role] as const] : []),
    ...policies.map((policy, index) => {
      const properties = {
        ManagedPolicyName: policy.name,
        PolicyDocument: policy.document,
        ...(trust ? {Roles: [{Ref: roleId(own)}]} : {}),
      }
      return [policyId(own, index), {Type: 'AWS::IAM::ManagedPolicy', Properties: properties}] as const
    }),
  ]
}

function outputOf(own: PrincipalPolicies): [string, unknown] {
  return [`${roleId(own)}Arn`, {Value: {'Fn::GetAtt': [roleId(own), 'Arn']}}]
}

function roleId({principal}: PrincipalPolicies): string {
  return `${capital(principal)}Role`
}

function policyId({principal}: PrincipalPolicies, index: number): string {
  return `${capital(principal)}Policy${index === 0 ? '' : index + 1}`
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
