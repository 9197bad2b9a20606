// The AWS query protocol, which STS and IAM speak. To be written.

import type {OperationContext} from '../operations/context.ts'
import type {Incoming, WireResponse} from './message.ts'

export async function answerQuery(_incoming: Incoming, _context: OperationContext): Promise<WireResponse> {
  return {statusCode: 501, headers: {}}
}
