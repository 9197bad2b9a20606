// Least-privilege policies of a pipeline: for whoever deploys and runs it, for its execution role, and for the role that
// triggers start it with. Pure: a definition and a place in, documents out.

import {deployerGrants} from './deployer-policy.ts'
import {executionGrants} from './execution-policy.ts'
import {type Condition, type Grant, policyVersion, type TrustDocument} from './grants.ts'
import {type AccountPlace, sageMakerArns, servicePrincipal} from './place.ts'
import type {AccessSubject} from './subject.ts'

export const principals = ['deployer', 'execution', 'trigger'] as const
export type PrincipalName = (typeof principals)[number]

export function grantsFor(principal: PrincipalName, subject: AccessSubject): Grant[] {
  switch (principal) {
    case 'deployer':
      return deployerGrants(subject)
    case 'execution':
      return executionGrants(subject)
    case 'trigger':
      return [
        {
          topic: 'StartPipeline',
          actions: ['sagemaker:StartPipelineExecution'],
          resources: sageMakerArns(subject, 'pipeline', subject.pipelineName),
        },
        ...queueGrants(subject),
      ]
  }
}

/** EventBridge Scheduler User Guide, "Configuring a schedule's dead-letter queue", Set up execution role permissions. */
function queueGrants({triggerQueues: resources = []}: AccessSubject): Grant[] {
  return resources.length === 0 ? [] : [{topic: 'DeadLetters', actions: ['sqs:SendMessage'], resources}]
}

/**
 * Who may take the role; undefined for the deployer, who is somebody already. The service must act for the account, so that
 * nobody else's pipeline or schedule can use the role (Developer Guide, "Cross-service confused deputy prevention": the
 * role also runs jobs, and aws:SourceArn would be that of each job; EventBridge Scheduler User Guide, the page of that name).
 */
export function trustOf(principal: PrincipalName, place: AccountPlace): TrustDocument | undefined {
  const ofAccount = {StringEquals: {'aws:SourceAccount': [place.account]}}
  switch (principal) {
    case 'deployer':
      return undefined
    case 'execution':
      return trust([['sagemaker', ofAccount]], place)
    case 'trigger':
      // That EventBridge names the account when a rule takes the role for its target is not documented.
      return trust([['events'], ['scheduler', ofAccount]], place)
  }
}

function trust(
  services: readonly (readonly [service: string, condition?: Condition])[],
  place: AccountPlace,
): TrustDocument {
  return {
    Version: policyVersion,
    Statement: services.map(([service, condition]) => ({
      Effect: 'Allow',
      Principal: {Service: servicePrincipal(service, place)},
      Action: 'sts:AssumeRole',
      ...(condition ? {Condition: condition} : {}),
    })),
  }
}
