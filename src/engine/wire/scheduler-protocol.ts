// REST-JSON, which EventBridge Scheduler speaks. To be written.

import type {OperationContext} from '../operations/context.ts'
import type {Incoming, WireResponse} from './message.ts'

export async function answerScheduler(_incoming: Incoming, _context: OperationContext): Promise<WireResponse> {
  return {statusCode: 501, headers: {}}
}
