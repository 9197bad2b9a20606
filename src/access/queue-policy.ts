// What a dead-letter queue has to allow, so that EventBridge can send the events of rules there (EventBridge User Guide, "Using
// dead-letter queues to process undelivered events", Granting permissions to the dead-letter queue).

import {policyVersion} from './grants.ts'
import {arn, placeOfArn, servicePrincipal} from './place.ts'

/** `pipelineArn` tells where the rules are. */
export function queuePolicy(queueArn: string, ruleNames: readonly string[], pipelineArn: string) {
  const place = placeOfArn(pipelineArn)
  const rules = ruleNames.map((name) => arn(place, 'events', `rule/${name}`))
  return {
    Version: policyVersion,
    Statement: [
      {
        Effect: 'Allow',
        Principal: {Service: servicePrincipal('events', place)},
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: {ArnEquals: {'aws:SourceArn': rules}},
      },
    ],
  }
}
