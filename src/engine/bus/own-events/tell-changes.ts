// The events that SageMaker sends of what it does, sent by the process in which it happens. Their shapes: SageMaker Developer Guide,
// "Events that Amazon SageMaker AI sends to Amazon EventBridge".

import {randomUUID} from 'node:crypto'
import type {OperationContext} from '../../operations/context.ts'
import {type Change, listenForChanges} from '../../store/changes.ts'
import type {Db} from '../../store/database.ts'
import {currentRules} from '../current-rules.ts'
import {enqueue} from '../publish.ts'
import {jobEvent} from './job-event.ts'
import type {OwnEvent} from './own-event.ts'
import {packageEvent} from './package-event.ts'
import {endpointConfigEvent, endpointEvent, modelEvent} from './serving-events.ts'
import {executionEvent, stepEvent} from './status-events.ts'

/** From now on; nothing is built where no process serves the bus, or no rule is there. */
export function tellChanges(context: OperationContext): void {
  const {db, bus, now} = context
  listenForChanges(db, {
    isAwake: () => bus.isServed() && !currentRules(db).isEmpty,
    hear(change) {
      const event = eventOf(db, change)
      if (!event) return
      const head = {id: randomUUID(), source: 'aws.sagemaker', timeMs: now()}
      enqueue({...head, ...event, detail: JSON.stringify(event.detail)}, context)
    },
  })
}

function eventOf(db: Db, change: Change): OwnEvent | undefined {
  switch (change.kind) {
    case 'execution':
      return executionEvent(db, change)
    case 'step':
      return stepEvent(db, change)
    case 'job':
      return jobEvent(db, change.arn)
    case 'endpoint':
      return endpointEvent(db, change.arn)
    case 'endpoint-config':
      return endpointConfigEvent(db, change.arn)
    case 'model':
      return modelEvent(db, change.arn)
    case 'package':
      return packageEvent(db, change)
  }
}
