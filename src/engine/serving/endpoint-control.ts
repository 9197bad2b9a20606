// The endpoints as this process serves them: it loads what is deployed, asks the models' processes, and lets go what is over.
//
// Every process that uses the engine can load and ask; one that serves (`mlpipe local serve`) keeps the processes of the models,
// follows what other processes change, and takes on what they left in the middle.

import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {setImmediate as nextTurn} from 'node:timers/promises'
import {remarkOnPackages} from '../runners/hosting/hosted-model.ts'
import type {JobObjects} from '../runners/job-types.ts'
import type {Db} from '../store/database.ts'
import {openLog} from '../store/logs.ts'
import {isAlive, ownIdentity} from '../store/process-identity.ts'
import {findResource} from '../store/resources.ts'
import {
  abandonDeployment,
  claimDeployment,
  type DeployedVariant,
  type DeploymentRow,
  findDeployment,
  findDeploymentOf,
  findEndedDeployments,
  findPendingDeployments,
  parseVariants,
  removeDeployment,
} from '../store/serving.ts'
import {endDeployment, type RollOut} from './end-deployment.ts'
import {loadVariant} from './load-variant.ts'
import {type ModelProcess, startModelProcess} from './model-process.ts'
import {createModelServer, type ModelServer} from './model-server.ts'
import {deploymentDirectory, layOutVariant, variantLog} from './variant-files.ts'

export type ServingLimits = {
  /** "A customer's model containers must respond to requests within 60 seconds" (InvokeEndpoint). */
  readonly invocationTimeoutMs: number
  /** For a variant without ContainerStartupHealthCheckTimeoutInSeconds. AWS gives a container some minutes to answer its first ping. */
  readonly loadTimeoutMs: number
  /** Of a request or an answer ("Model Hosting FAQs": 25 MB, and 4 MB for serverless endpoints). */
  readonly mostBytes: number
  readonly mostServerlessBytes: number
}

const megabyte = 1024 * 1024

export const usualServingLimits: ServingLimits = {
  invocationTimeoutMs: 60_000,
  loadTimeoutMs: 480_000,
  mostBytes: 25 * megabyte,
  mostServerlessBytes: 4 * megabyte,
}

export type ServingDeps = {
  readonly db: Db
  readonly objects: JobObjects
  readonly stateDirectory: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly limits: ServingLimits
  now(): number
}

/** What operations and steps ask of it. */
export type EndpointControl = {
  readonly limits: ServingLimits
  /** Loads a deployment that this process has just written, and writes how that ended; whoever asked has the answer first. */
  rollOut(deploymentId: string): void
  /** Loads what a process that is gone has left in the middle of it. */
  takeOn(endpointArn: string): void
  /** The server of a variant of a live deployment. */
  serverOf(deployment: DeploymentRow, variant: DeployedVariant): ModelServer
  /** Lets go of what answers no more. */
  tidy(): void
}

export type Endpoints = EndpointControl & {
  /** From now on keeps the processes of the models, and follows what other processes do. */
  serve(): void
  /** Resolves when this process loads nothing. */
  idle(): Promise<void>
  /** Ends the processes of the models at once. What was being loaded is left to whoever comes next. */
  close(): void
}

/** How soon is seen what other processes have done. */
const pollMs = 500

/** How long the files of a former deployment stay: longer than a request that came to it may take. */
const keptMs = 120_000

export function createEndpoints(deps: ServingDeps): Endpoints {
  const {db, objects, stateDirectory, limits, now} = deps
  const servers = new Map<string, Map<string, ModelServer>>()
  const rollOuts = new Map<string, Promise<void>>()
  let poll: NodeJS.Timeout | undefined
  let isClosed = false

  const serverOf = (deployment: DeploymentRow, variant: DeployedVariant): ModelServer => {
    const ofDeployment = servers.get(deployment.id) ?? new Map<string, ModelServer>()
    servers.set(deployment.id, ofDeployment)
    const known = ofDeployment.get(variant.name)
    if (known) return known
    const made = createModelServer({
      start: () => startVariant(deps, deployment, variant),
      loadTimeoutMs: variant.loadSeconds === undefined ? limits.loadTimeoutMs : variant.loadSeconds * 1000,
      invocationTimeoutMs: limits.invocationTimeoutMs,
    })
    ofDeployment.set(variant.name, made)
    if (isClosed) made.close()
    return made
  }

  const drain = (deploymentId: string) => {
    for (const server of servers.get(deploymentId)?.values() ?? []) server.drain()
    servers.delete(deploymentId)
  }

  const roll = async (id: string): Promise<void> => {
    await nextTurn()
    const row = findDeployment(db, id)
    if (isClosed || row?.state !== 'pending') return
    const variants = parseVariants(row)
    const loaded = await Promise.all(variants.map((one) => loadVariant(one, objects, (found) => serverOf(row, found))))
    if (isClosed) return
    const outcome = outcomeOf(loaded)
    endDeployment(db, id, outcome, now())
    if (outcome.kind === 'failed' || !poll) drain(id)
    tidy()
  }

  const follow = (id: string): void => {
    if (isClosed || rollOuts.has(id)) return
    const end = roll(id)
      // What cannot be written now, for example because the disk is full, is loaded anew by whoever comes next.
      .catch(() => leave(id))
      .finally(() => rollOuts.delete(id))
    rollOuts.set(id, end)
  }

  const leave = (id: string): void => {
    drain(id)
    try {
      abandonDeployment(db, id)
    } catch {
      // Once this process is gone, its deployment is anybody's.
    }
  }

  const takeOnRow = (row: DeploymentRow): void => {
    if (rollOuts.has(row.id)) return
    const {ownerPid, ownerStart} = row
    if (ownerPid !== null && isAlive({pid: ownerPid, start: ownerStart ?? ''})) return
    if (claimDeployment(db, row, ownIdentity())) follow(row.id)
  }

  /** Lets go of the processes and, after a while, of the files of deployments that answer no more. */
  const tidy = (): void => {
    for (const id of servers.keys()) {
      const state = findDeployment(db, id)?.state
      if (state !== 'pending' && state !== 'live') drain(id)
    }
    for (const {id} of findEndedDeployments(db, now() - keptMs)) {
      rmSync(deploymentDirectory(stateDirectory, id), {recursive: true, force: true})
      removeDeployment(db, id)
    }
  }

  const look = (): void => {
    try {
      for (const row of findPendingDeployments(db)) takeOnRow(row)
      tidy()
    } catch {
      // A database that is busy for long: the next look comes by itself.
    }
  }

  return {
    limits,
    rollOut: follow,
    takeOn(endpointArn) {
      const row = findDeploymentOf(db, endpointArn, 'pending')
      if (row) takeOnRow(row)
    },
    serverOf,
    tidy,
    serve() {
      poll ??= setInterval(look, pollMs)
      poll.unref()
      look()
    },
    async idle() {
      while (rollOuts.size > 0) await Promise.all(rollOuts.values())
    },
    close() {
      if (isClosed) return
      isClosed = true
      clearInterval(poll)
      for (const ofDeployment of servers.values()) for (const server of ofDeployment.values()) server.close()
      for (const id of rollOuts.keys()) leave(id)
      servers.clear()
    },
  }
}

function outcomeOf(loaded: readonly Awaited<ReturnType<typeof loadVariant>>[]): RollOut {
  const failed = loaded.find((one) => one.kind === 'failed')
  if (failed) return failed
  return {kind: 'loaded', variants: loaded.flatMap((one) => (one.kind === 'loaded' ? [one.variant] : []))}
}

async function startVariant(
  {db, objects, stateDirectory, env, limits, now}: ServingDeps,
  {id, endpointArn}: DeploymentRow,
  {name, model, request = {}, isServerless}: DeployedVariant,
): Promise<ModelProcess> {
  if (!model) throw new Error(`the variant ${name} has no model that runs here`)
  const jobDirectory = join(deploymentDirectory(stateDirectory, id), name)
  const mlDirectory = join(jobDirectory, 'ml')
  await layOutVariant(jobDirectory, model, request, objects)

  const endpointName = findResource(db, endpointArn)?.name ?? ''
  const log = openLog(variantLog(stateDirectory, endpointName, name, id), now)
  const note = (text: string) => log.write(`mlpipe: ${text}`)
  const remark = remarkOnPackages(model, mlDirectory)
  if (remark !== undefined) note(remark)
  const mostBytes = isServerless ? limits.mostServerlessBytes : limits.mostBytes
  const place = {jobDirectory, mlDirectory, stateDirectory, env, note, onLine: log.write}
  try {
    const started = await startModelProcess(model, place, mostBytes)
    void started.exited.then(log.close)
    return started
  } catch (error) {
    log.close()
    throw error
  }
}
