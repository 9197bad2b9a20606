// One Cloud over the AWS SDK. Each SDK client is loaded when it is first needed, so that a command pays for what it uses.

import type {CloudOptions} from './client-options.ts'
import {freshRoles} from './fresh-roles.ts'
import type {Cloud} from './ports.ts'

/** The ports of a target: AWS itself, or whatever answers behind `requestHandler`. */
export async function connectCloud(options: CloudOptions): Promise<Cloud> {
  // On Node 20 the SDK prints a notice of several lines for every client that is made.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

  const roles = freshRoles(options.sleep)
  const {sageMakerClient, sageMakerPorts} = await import('./sagemaker/connect.ts')
  const client = sageMakerClient(options)
  return {
    ...sageMakerPorts(client),
    lineage: lazy(['artifacts', 'entity', 'query'], async () =>
      (await import('./sagemaker/lineage.ts')).lineagePort(client),
    ),
    endpoints: lazy(endpointMethods, async () => (await import('./sagemaker/endpoints.ts')).endpointsPort(client)),
    objects: lazy(['exists', 'list', 'firstPage', 'put', 'putFile', 'getText', 'removeAll'], async () =>
      (await import('./s3/connect.ts')).objectsPort(options),
    ),
    logs: lazy(['open', 'openEndpoint'], async () => (await import('./logs.ts')).logsPort(options)),
    identity: lazy(['caller'], async () => (await import('./identity.ts')).identityPort(options)),
    buckets: lazy(['find', 'sendsEvents', 'sendEvents'], async () =>
      (await import('./buckets.ts')).bucketsPort(options),
    ),
    access: lazy(['role', 'putRole', 'removeRole', 'simulate'], async () =>
      (await import('./iam/connect.ts')).accessPort(options, roles),
    ),
    quotas: lazy(['sageMaker'], async () => (await import('./quotas.ts')).quotasPort(options)),
    images: lazy(['find'], async () => (await import('./images.ts')).imagesPort(options)),
    triggers: lazy(triggerMethods, async () => (await import('./triggers/connect.ts')).triggersPort(options, roles)),
    alarms: lazy(['find', 'put', 'remove'], async () => (await import('./triggers/alarms.ts')).alarmsPort(options)),
  }
}

const triggerMethods = [
  ...(['rules', 'rulesNamed', 'rule', 'putRule', 'removeTargets', 'setEnabled'] as const),
  ...(['schedules', 'schedule', 'putSchedule', 'removeSchedule', 'ownGroup', 'removeGroup'] as const),
] as const

const endpointMethods = [
  ...(['endpoint', 'endpointsNamed', 'config', 'configsNamed', 'model', 'modelsNamed'] as const),
  ...(['createModel', 'createConfig', 'create', 'update', 'tags', 'tag'] as const),
  ...(['removeEndpoint', 'removeConfig', 'removeModel'] as const),
] as const

type Methods<Port> = {readonly [Name in keyof Port]: (...args: never[]) => Promise<unknown>}

/** The port of those methods, made when the first of them is called. */
function lazy<Port extends Methods<Port>, Name extends keyof Port & string>(
  names: readonly Name[],
  make: () => Promise<Port>,
): Pick<Port, Name> {
  const port = once(make)
  const methods = names.map((name) => [name, async (...args: never[]) => (await port())[name](...args)])
  return Object.fromEntries(methods) as Pick<Port, Name>
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
