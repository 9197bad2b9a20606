// The AWS query protocol, which STS, IAM and older clients of CloudWatch speak: the operation is the form's `Action`, answers are XML.

import type {OperationContext} from '../operations/context.ts'
import {monitoringQueryOperations} from '../operations/monitoring-operations.ts'
import {iamOperations, type QueryOperation, stsOperations} from '../operations/query-operations.ts'
import {type Fault, type Reply, refuse} from '../operations/reply.ts'
import {checkRequest} from '../validations/shape.ts'
import {bodyText, type Incoming, type WireResponse} from './message.ts'
import {serviceOf} from './protocol.ts'
import {type Form, parseForm, readForm} from './query-form.ts'
import {queryAnswer, queryError} from './query-xml.ts'

type QueryService = {readonly namespace: string; readonly operations: Readonly<Record<string, QueryOperation>>}

const sts: QueryService = {namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', operations: stsOperations}
const iam: QueryService = {namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', operations: iamOperations}
const monitoring: QueryService = {
  namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  operations: monitoringQueryOperations,
}
const unknown: QueryService = {namespace: '', operations: {}}

/** Operations of AWS that the engine knows of and cannot answer: it grants everything and judges no policy. */
const notImplemented = new Set(['SimulatePrincipalPolicy', 'SimulateCustomPolicy'])

export async function answerQuery(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const {requestId} = incoming
  try {
    // A page in a browser can send a GET to anyone; what changes something comes by POST, as the SDKs send it.
    const form = incoming.request.method === 'POST' ? parseForm(await bodyText(incoming)) : new Map()
    return await answer(form, incoming, context)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return queryError({type: 'InternalFailure', message, status: 500}, requestId)
  }
}

async function answer(form: Form, incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const {requestId} = incoming
  const {namespace, operations} = queryServiceOf(incoming)
  const action = form.get('Action')
  if (action === undefined) {
    const message = 'The request has no Action; the embedded engine takes requests by POST.'
    return queryError({type: 'MissingAction', message, status: 400}, requestId, namespace)
  }
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
  if (!operation) return {...queryError(unknownAction(action), requestId, namespace), operation: action}

  const reply = await run(operation, form, context)
  return reply.kind === 'output'
    ? queryAnswer(action, namespace, reply.output, requestId)
    : {...queryError(reply.fault, requestId, namespace), operation: action}
}

function queryServiceOf(incoming: Incoming): QueryService {
  const service = serviceOf(incoming)
  if (service === 'sts') return sts
  if (service === 'monitoring') return monitoring
  return service === 'iam' ? iam : unknown
}

async function run({shape, run}: QueryOperation, form: Form, context: OperationContext): Promise<Reply> {
  const checked = checkRequest(readForm(form, shape), shape)
  return checked.kind === 'fits' ? run(checked.input, context) : {kind: 'fault', fault: inQueryWords(checked.fault)}
}

/** The same sentences under the names of the older services ("Common errors" of IAM). */
function inQueryWords({message}: Fault): Fault {
  return refuse('ValidationError', message).fault
}

/** "Common errors": InvalidAction. */
function unknownAction(action: string) {
  if (notImplemented.has(action)) {
    return {type: 'NotImplemented', message: `${action} is not implemented by the embedded engine.`, status: 501}
  }
  return {type: 'InvalidAction', message: `The action ${action} is not valid for this web service.`, status: 400}
}
