// One Cloud over the AWS SDK. Each SDK client is loaded when it is first needed, so that a command pays for what it uses.

import type {CloudOptions} from './client-options.ts'
import type {Cloud, LogsPort, ObjectsPort} from './ports.ts'

/** The ports of a target: AWS itself, or whatever answers behind `requestHandler`. */
export async function connectCloud(options: CloudOptions): Promise<Cloud> {
  // On Node 20 the SDK prints a notice of several lines for every client that is made.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

  const {sageMakerPorts} = await import('./sagemaker/connect.ts')
  return {...sageMakerPorts(options), objects: lazyObjects(options), logs: lazyLogs(options)}
}

function lazyObjects(options: CloudOptions): ObjectsPort {
  const port = once(async () => (await import('./s3.ts')).objectsPort(options))
  return {
    exists: async (uri) => (await port()).exists(uri),
    list: async (uri) => (await port()).list(uri),
    put: async (uri, body) => (await port()).put(uri, body),
    putFile: async (uri, path) => (await port()).putFile(uri, path),
    getText: async (uri) => (await port()).getText(uri),
  }
}

function lazyLogs(options: CloudOptions): LogsPort {
  const port = once(async () => (await import('./logs.ts')).logsPort(options))
  return {jobEvents: async (job, fromMs) => (await port()).jobEvents(job, fromMs)}
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
