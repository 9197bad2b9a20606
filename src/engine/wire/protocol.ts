// Which service a request is meant for. Over a socket every service has the same host, so what is signed tells: the
// credential scope `<key>/<date>/<region>/<service>/aws4_request` (AWS Signature Version 4); in the SDK's own process
// nothing is signed, and the host name tells. SageMaker Runtime signs as SageMaker does, and is told by its paths.

import type {Incoming} from './message.ts'

export type Service = SignedService | 'runtime.sagemaker'

type SignedService = 'sagemaker' | 'events' | 'logs' | 'scheduler' | 's3' | 'sts' | 'iam' | 'monitoring'

const services: readonly SignedService[] = [
  'sagemaker',
  'events',
  'logs',
  'scheduler',
  's3',
  'sts',
  'iam',
  'monitoring',
]

const targets = new Map<string, Service>([
  ['SageMaker', 'sagemaker'],
  ['AWSEvents', 'events'],
  ['Logs_20140328', 'logs'],
  ['GraniteServiceVersion20100801', 'monitoring'],
])

/** Undefined for a service that the embedded engine has not. What is neither signed nor named is S3's. */
export function serviceOf(incoming: Incoming): Service | undefined {
  const {headers, request} = incoming
  const target = headers.get('x-amz-target')
  if (target !== undefined) return targets.get(target.split('.')[0] ?? '')
  const signed =
    scopeOf(headers.get('authorization')) ?? scopeOf(`Credential=${request.query['X-Amz-Credential'] ?? ''}`)
  if (signed === 'sagemaker' && request.path.startsWith('/endpoints/')) return 'runtime.sagemaker'
  if (signed !== undefined) return services.find((service) => service === signed)
  const host = headers.get('host') ?? request.hostname
  if (host.startsWith('runtime.sagemaker.')) return 'runtime.sagemaker'
  return services.find((service) => host === `${service}.amazonaws.com` || host.startsWith(`${service}.`)) ?? 's3'
}

function scopeOf(text: string | undefined): string | undefined {
  return /Credential=[^/]+\/\d{8}\/[^/]*\/([a-z0-9-]+)\/aws4_request/.exec(text ?? '')?.[1]
}
