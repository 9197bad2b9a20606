// The body of an object. It is read after the SDK has done its part, so a body that breaks off is asked for again here.

import {noteExchange} from '../errors/exchange.ts'
import {ServiceError, translateError} from '../service-error.ts'

type Body = {transformToString(encoding: string): Promise<string>}

const attempts = 4

export async function readText(uri: string, open: () => Promise<Body | undefined>): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const body = await open()
    try {
      return await body?.transformToString('utf8')
    } catch (error) {
      if (attempt === attempts) throw brokenBody(error, uri)
    }
  }
}

/** The connection broke, or the checksum that S3 sends along is not that of what came. */
function brokenBody(error: unknown, uri: string): unknown {
  if (!(error instanceof Error)) return error
  noteExchange(error, {about: uri})
  const translated = translateError(error, 'GetObject')
  if (translated instanceof ServiceError) return translated
  return new ServiceError({
    code: 'broken-answer',
    message: `GetObject of ${uri} got an answer that cannot be read: it is cut short, or not what S3 has sent`,
    nextSteps: ['try again, or look at AWS_ENDPOINT_URL and the proxy'],
    cause: error,
    operation: 'GetObject',
  })
}
