// What `mlpipe local serve` is to do, and what it says once it does: where the state lies, who may come in, and the
// environment that leads any AWS client to it.

import {access} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {findPipeline} from './open-project.ts'
import {planWatches, uriOf, type WatchedFolder} from './watched-folders.ts'
import type {World} from './world.ts'

export type ServeInput = {
  readonly file?: string | undefined
  readonly state?: string | undefined
  readonly host: string
  /** Absent: any port that is free. */
  readonly port?: number | undefined
  readonly token?: string | undefined
  readonly allowRemote: boolean
  /** Each as `DIR=s3://BUCKET/PREFIX`. */
  readonly watch?: readonly string[] | undefined
}

export type ServePlan = {
  readonly stateDirectory: string
  readonly host: string
  readonly port: number
  readonly isRemote: boolean
  /** What clients give as their access key id; absent where any will do. */
  readonly token?: string
  readonly watched: readonly WatchedFolder[]
}

export type ServeResult = {
  readonly formatVersion: 1
  readonly endpoint: string
  readonly host: string
  readonly port: number
  readonly region: string
  readonly account: string
  readonly pid: number
  readonly stateDirectory: string
  /** Whether other machines can reach it. */
  readonly remote: boolean
  readonly environment: Readonly<Record<string, string>>
  /** How many stood ready when it began. They fire while it runs, those that come later too. */
  readonly fires: {readonly rules: number; readonly schedules: number}
  /** Files that come into the folders are put below the URIs. */
  readonly watched: readonly {readonly directory: string; readonly uri: string}[]
}

export async function planServe(input: ServeInput, world: World): Promise<ServePlan> {
  const {host, port = 0, allowRemote, token, watch = []} = input
  const isRemote = !isLoopbackAddress(host)
  if (isRemote && !allowRemote) throw notLoopback(host)
  if (token !== undefined && !tokenPattern.test(token)) throw unusableToken()

  // The token of a machine that stands open is there even when nobody chose one.
  const own = isRemote ? world.newToken() : undefined
  const chosen = token ?? own
  const stateDirectory = await findState(input, world)
  const watched = await planWatches(watch, {cwd: world.cwd, stateDirectory})
  return {stateDirectory, host, port, isRemote, watched, ...(chosen === undefined ? {} : {token: chosen})}
}

export type Listening = {
  readonly port: number
  readonly pid: number
  readonly region: string
  readonly account: string
  readonly fires: ServeResult['fires']
}

export function describeServer(plan: ServePlan, {port, pid, region, account, fires}: Listening): ServeResult {
  const {host, isRemote, stateDirectory, token = 'local'} = plan
  const endpoint = `http://${reachableName(host)}:${port}`
  return {
    ...{formatVersion: 1, endpoint, host, port, region, account, pid, stateDirectory, remote: isRemote},
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: token,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: region,
      AWS_REGION: region,
    },
    fires,
    watched: plan.watched.map((folder) => ({directory: folder.directory, uri: uriOf(folder)})),
  }
}

/** What an access key id may have in it, as long as nobody guesses it. */
const tokenPattern = /^[A-Za-z0-9_-]{16,128}$/

function isLoopbackAddress(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** The name by which clients of this machine call it: an address that stands for all of them is none to connect to. */
function reachableName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** `--state`, else beside the spec, else in the working directory. */
async function findState({state, file}: ServeInput, world: World): Promise<string> {
  if (state !== undefined) return resolve(world.cwd, state)
  if (file === undefined && !(await exists(join(world.cwd, 'mlpipe.yaml')))) return join(world.cwd, '.mlpipe')
  return (await findPipeline({file, target: 'local'}, world)).target.stateDirectory
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function notLoopback(host: string): MlpipeError {
  return new MlpipeError({
    code: 'not-loopback',
    message: `${host} can be reached from other machines, and whoever reaches the engine runs programs on this one`,
    nextSteps: [
      'mlpipe local serve  (for this machine alone)',
      `mlpipe local serve --host ${host} --allow-remote  (for every machine; clients need the token that it prints)`,
    ],
  })
}

function unusableToken(): MlpipeError {
  return new MlpipeError({
    code: 'unusable-token',
    message: 'the token cannot be an access key id: it takes 16 to 128 letters, digits, - and _',
    nextSteps: ['leave --token out: with --allow-remote one is made'],
  })
}
