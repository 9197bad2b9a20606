// What every SDK client does beside the SDK's own: an answer that breaks off is asked for again, credentials are taken out of
// errors, and what a failed request was about is noted for whoever words the error.

import type {SageMakerClient} from '@aws-sdk/client-sagemaker'
import {withoutSecrets} from '../text/secrets.ts'
import type {CloudOptions} from './client-options.ts'
import {noteExchange} from './errors/exchange.ts'
import {isCutShort, pageInsteadOf, responseOf} from './errors/response.ts'
import {subjectOf} from './errors/subject.ts'

type Client = {readonly middlewareStack: object}

/** Every client is to go through this when it is made. */
export function equipped<C extends Client>(client: C, {profile}: CloudOptions, now: () => number = Date.now): C {
  // The stacks differ by the inputs and outputs of their service only, and none of those is touched here.
  const stack = client.middlewareStack as SageMakerClient['middlewareStack']
  stack.add(
    (next) => async (args) => {
      try {
        return await next(args)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        const about = subjectOf(args.input)
        noteExchange(error, {...(about === undefined ? {} : {about}), ...(profile === undefined ? {} : {profile})})
        throw error
      }
    },
    {step: 'initialize', priority: 'high', name: 'mlpipeSubject'},
  )
  stack.add(
    (next, context) => async (args) => {
      try {
        const answer = await next(args)
        const page = pageInsteadOf(answer.response, member(answer.output, 'ETag'))
        if (page) throw page
        return answer
      } catch (error) {
        if (error instanceof Error) noteFailure(error, args, context, now())
        throw error
      }
    },
    // Inside of the SDK's retries, outside of its reading of the answer.
    {step: 'finalizeRequest', priority: 'low', name: 'mlpipeFailure'},
  )
  return client
}

function noteFailure(error: Error, args: object, context: object, nowMs: number): void {
  const response = responseOf(error)
  const host = hostOf(args)
  const serverMs = Date.parse(response?.headers['date'] ?? '')
  noteExchange(error, {
    ...(host === undefined ? {} : {host}),
    ...(Number.isNaN(serverMs) ? {} : {clockAheadMs: nowMs - serverMs}),
  })
  const secrets = secretsIn(context)
  error.message = withoutSecrets(error.message, secrets)
  if (error.stack !== undefined) error.stack = withoutSecrets(error.stack, secrets)
  // The SDK asks again where an error carries this mark, with the same idempotency token.
  if (isCutShort(error) || isPassing(error, context)) Object.assign(error, {$retryable: {throttling: false}})
}

const passing = /^(ConcurrentModification|EntityTemporarilyUnmodifiable)(Exception)?$/

/** Somebody else changes the same thing: the services ask to be asked again. A conflict is that where nothing is made. */
function isPassing({name}: Error, context: object): boolean {
  const command = String(member(context, 'commandName') ?? '')
  return passing.test(name) || (name === 'ConflictException' && /^(Update|Delete)Schedule/.test(command))
}

function hostOf(args: object): string | undefined {
  if (!('request' in args) || typeof args.request !== 'object' || args.request === null) return undefined
  const {request} = args
  return 'hostname' in request && typeof request.hostname === 'string' ? request.hostname : undefined
}

/** The very credentials that the request was signed with, wherever the SDK's chain found them. */
function secretsIn(context: object): string[] {
  const found = ['__smithy_context', 'selectedHttpAuthScheme', 'identity'].reduce<unknown>(member, context)
  return ['secretAccessKey', 'sessionToken', 'accessKeyId']
    .map((name) => member(found, name))
    .filter((value) => typeof value === 'string')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
