// Roles, and what principals may do, from IAM through the AWS SDK.

import {
  type EvaluationResult,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import type {Json} from '../definition/json.ts'
import type {AccessAnswer, AccessPort, AccessQuestion} from './account-ports.ts'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {allPages, nameFromArn} from './fields.ts'
import {translateError} from './service-error.ts'

export function accessPort(options: CloudOptions): AccessPort {
  const region = globalRegion(options.region)
  const client = equipped(new IAMClient(clientSettings({...options, region}, 'iam.amazonaws.com')), options)
  return {
    async role(nameOrArn) {
      const name = nameFromArn(nameOrArn)
      try {
        const {Role: role} = await client.send(new GetRoleCommand({RoleName: name}))
        return {name, arn: role?.Arn ?? '', trust: decodePolicy(role?.AssumeRolePolicyDocument)}
      } catch (error) {
        if (error instanceof NoSuchEntityException) return undefined
        throw translateError(error, 'GetRole')
      }
    },
    async simulate(principalArn, question) {
      const results = await allPages(
        (Marker) => simulatePage(client, principalArn, question, Marker),
        (page) => page.EvaluationResults,
        (page) => (page.IsTruncated ? page.Marker : undefined),
      )
      return results.flatMap((result) => answersOf(result, question.resources))
    },
  }
}

async function simulatePage(
  client: IAMClient,
  principalArn: string,
  {actions, resources, context = {}}: AccessQuestion,
  marker: string | undefined,
) {
  try {
    return await client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principalArn,
        ActionNames: [...actions],
        ResourceArns: [...resources],
        ContextEntries: Object.entries(context).map(([key, value]) => ({
          ContextKeyName: key,
          ContextKeyValues: [value],
          ContextKeyType: 'string',
        })),
        Marker: marker,
      }),
    )
  } catch (error) {
    throw translateError(error, 'SimulatePrincipalPolicy')
  }
}

/**
 * One result an action, whose decision is that of all resources taken together: what counts is that of each. Where there is but
 * one, only the result itself may say so (IAM API reference, EvaluationResult).
 */
function answersOf(result: EvaluationResult, asked: readonly string[]): AccessAnswer[] {
  const {EvalActionName: action = '', EvalResourceName: name, ResourceSpecificResults: each = []} = result
  if (each.length > 0) {
    return each.map(({EvalResourceName: resource = '', EvalResourceDecision: decision}) => ({
      action,
      resource,
      isAllowed: decision === 'allowed',
    }))
  }
  const resources = name === undefined ? asked : [name]
  return resources.map((resource) => ({action, resource, isAllowed: result.EvalDecision === 'allowed'}))
}

/** IAM has one endpoint a partition. Source: AWS General Reference, "IAM endpoints and quotas". */
function globalRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1'
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1'
}

/** Policies come URL-encoded (RFC 3986; IAM API reference, Role). */
function decodePolicy(text: string | undefined): Json {
  return text === undefined ? null : (JSON.parse(decodeURIComponent(text)) as Json)
}
