// What principals may do, from IAM's policy simulator through the AWS SDK.

import {type EvaluationResult, type IAMClient, SimulatePrincipalPolicyCommand} from '@aws-sdk/client-iam'
import type {AccessAnswer, AccessPort, AccessQuestion} from '../account-ports.ts'
import {call} from '../call.ts'
import {allPages} from '../fields.ts'

export function simulation(client: IAMClient): Pick<AccessPort, 'simulate'> {
  return {
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
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: principalArn,
    ActionNames: [...actions],
    ResourceArns: [...resources],
    ContextEntries: Object.entries(context).map(([key, value]) => ({
      ContextKeyName: key,
      ContextKeyValues: [value],
      ContextKeyType: 'string',
    })),
    Marker: marker,
  })
  return call('SimulatePrincipalPolicy', client.send(command))
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
