// Shows a job its own directory as /opt/ml, without hiding anything else that lives under /opt.
//
// Three ways, the best that works here: bubblewrap; a mount namespace made with unshare(1) and mount(8); none, where paths are
// mapped in the request instead. The network is not cut, and nothing is kept from the job: this is for paths, not for safety.

import {execFile} from 'node:child_process'
import {readdirSync, readlinkSync, realpathSync, statSync, writeFileSync} from 'node:fs'
import {platform, userInfo} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {JobFault} from '../job-fault.ts'
import {mlRoot} from '../ml-paths.ts'
import type {Env} from './programs.ts'
import {findProgram} from './programs.ts'

export type SandboxKind = 'bwrap' | 'unshare' | 'none'

export type Sandbox =
  | {readonly kind: 'bwrap'; readonly bwrap: string}
  | {readonly kind: 'unshare'; readonly unshare: string; readonly mount: string; readonly flags: string}
  | {readonly kind: 'none'}

export type SandboxCommand = {
  /** Before `/bin/sh -c <script>`. */
  readonly prefix: readonly string[]
  /** Shell text that must run first. */
  readonly setUp: string
}

const run = promisify(execFile)
const chosen = new Map<string, Promise<Sandbox>>()
const kinds: readonly SandboxKind[] = ['bwrap', 'unshare', 'none']

/** What SageMaker itself puts into /opt/ml, and `tmp`: there the job's own directory wins over what the machine has. */
const contractNames = new Set([
  'checkpoints',
  'code',
  'config',
  'errors',
  'failure',
  'input',
  'model',
  'output',
  'processing',
  'tmp',
])

/** Chosen once per process: MLPIPE_SANDBOX, else what works. `jobDirectory` (with ml/tmp in it) serves for the trial. */
export function chooseSandbox(env: Env, jobDirectory: string): Promise<Sandbox> {
  const key = `${env.MLPIPE_SANDBOX ?? ''}\0${env.PATH ?? ''}`
  const known = chosen.get(key) ?? choose(env, jobDirectory)
  chosen.set(key, known)
  return known
}

/** How to start a shell that sees `<jobDirectory>/ml` as /opt/ml. */
export function sandboxCommand(sandbox: Sandbox, jobDirectory: string): SandboxCommand {
  switch (sandbox.kind) {
    case 'none':
      return {prefix: [], setUp: ''}
    case 'bwrap':
      return {prefix: [sandbox.bwrap, ...bwrapArguments(planCover(jobDirectory))], setUp: ''}
    case 'unshare':
      return {
        prefix: [sandbox.unshare, sandbox.flags],
        setUp: mountScript(planCover(jobDirectory), sandbox.mount, join(jobDirectory, 'mounts')),
      }
  }
}

async function choose(env: Env, jobDirectory: string): Promise<Sandbox> {
  const wanted = env.MLPIPE_SANDBOX
  if (wanted === undefined || wanted === '') {
    return (
      (await trySandbox('bwrap', env, jobDirectory)) ??
      (await trySandbox('unshare', env, jobDirectory)) ?? {kind: 'none'}
    )
  }
  const kind = kinds.find((one) => one === wanted)
  if (!kind) throw new JobFault(`ClientError: MLPIPE_SANDBOX is "${wanted}"; it can be ${kinds.join(', ')}`)

  const sandbox = await trySandbox(kind, env, jobDirectory)
  if (!sandbox)
    throw new JobFault(
      `ClientError: MLPIPE_SANDBOX is "${kind}", which does not work on this machine; unset it or set it to none`,
    )
  return sandbox
}

async function trySandbox(kind: SandboxKind, env: Env, jobDirectory: string): Promise<Sandbox | undefined> {
  if (kind === 'none') return {kind}
  const sandbox = platform() === 'linux' ? findSandbox(kind, env) : undefined
  if (!sandbox) return undefined
  try {
    const {prefix, setUp} = sandboxCommand(sandbox, jobDirectory)
    const [program = '', ...args] = [...prefix, '/bin/sh', '-c', `${setUp}[ -d ${mlRoot}/tmp ]`]
    await run(program, args, {env: {PATH: env.PATH ?? ''}, timeout: 10_000})
    return sandbox
  } catch {
    return undefined
  }
}

function findSandbox(kind: 'bwrap' | 'unshare', env: Env): Sandbox | undefined {
  if (kind === 'bwrap') {
    const bwrap = findProgram('bwrap', env)
    return bwrap === undefined ? undefined : {kind, bwrap}
  }
  const unshare = findProgram('unshare', env)
  const mount = findProgram('mount', env)
  // Root needs no user namespace, and some systems forbid them.
  const flags = userInfo().uid === 0 ? '-m' : '-Urm'
  return unshare === undefined || mount === undefined ? undefined : {kind, unshare, mount, flags}
}

type Entry = {readonly name: string; readonly kind: 'directory' | 'file' | 'link'; readonly target?: string}

/** What has to be laid over which directory, and what was in it and must stay visible. */
type Cover = {
  readonly mlDirectory: string
  /** An empty directory on which the new /opt is built; undefined when /opt/ml exists and is covered itself. */
  readonly stage: string | undefined
  readonly covered: string
  readonly entries: readonly Entry[]
}

function planCover(jobDirectory: string): Cover {
  const mlDirectory = join(jobDirectory, 'ml')
  const existing = realDirectory(mlRoot)
  if (existing !== undefined) {
    return {
      mlDirectory,
      stage: undefined,
      covered: existing,
      entries: entriesOf(existing).filter(({name}) => !contractNames.has(name)),
    }
  }
  const opt = realDirectory('/opt')
  if (opt === undefined || opt === '/') throw new JobFault('InternalServerError: this machine has no directory /opt')
  return {
    mlDirectory,
    stage: join(jobDirectory, 'opt'),
    covered: opt,
    entries: entriesOf(opt).filter(({name}) => name !== 'ml'),
  }
}

function realDirectory(path: string): string | undefined {
  try {
    const real = realpathSync(path)
    return statSync(real).isDirectory() ? real : undefined
  } catch {
    return undefined
  }
}

function entriesOf(directory: string): Entry[] {
  return readdirSync(directory, {withFileTypes: true}).flatMap((entry): Entry[] => {
    const {name} = entry
    if (entry.isSymbolicLink()) return [{name, kind: 'link', target: readlinkSync(join(directory, name))}]
    if (entry.isDirectory()) return [{name, kind: 'directory'}]
    return entry.isFile() ? [{name, kind: 'file'}] : []
  })
}

/** bwrap resolves every source outside of the sandbox, so that a source may lie under what is covered. */
function bwrapArguments(cover: Cover): string[] {
  const {covered, mlDirectory, stage} = cover
  const base = stage === undefined ? ['--dev-bind', mlDirectory, covered] : ['--tmpfs', covered]
  const entries = cover.entries.flatMap(({name, target}) => {
    const path = join(covered, name)
    return target === undefined ? ['--dev-bind', path, path] : ['--symlink', target, path]
  })
  const ml = stage === undefined ? [] : ['--dev-bind', mlDirectory, join(covered, 'ml')]
  return ['--die-with-parent', '--dev-bind', '/', '/', ...base, ...entries, ...ml, '--']
}

/**
 * Built aside and laid over /opt at the end, because sources may lie under what is covered. Gone with the namespace.
 * Folders are mounted by one mount(8) from a table: each start of it costs 2 ms and more.
 */
function mountScript(cover: Cover, mount: string, tablePath: string): string {
  const {covered, mlDirectory, stage} = cover
  const base = stage ?? mlDirectory
  const folders = cover.entries
    .filter(({kind}) => kind === 'directory')
    .map(({name}) => ({from: join(covered, name), to: join(base, name)}))
  if (stage !== undefined) folders.push({from: mlDirectory, to: join(stage, 'ml')})
  const table = [
    ...(stage === undefined ? [] : [`mlpipe ${tableWord(stage)} tmpfs mode=755 0 0`]),
    ...folders.map(({from, to}) => `${tableWord(from)} ${tableWord(to)} none rbind,X-mount.mkdir 0 0`),
  ]
  writeFileSync(tablePath, `${table.join('\n')}\n`)

  const bind = (from: string, to: string) => `${quote(mount)} -n --rbind ${quote(from)} ${quote(to)}`
  const lines = table.length === 0 ? [] : [`${quote(mount)} -n -a -T ${quote(tablePath)}`]
  for (const {name, kind, target} of cover.entries) {
    const place = quote(join(base, name))
    if (kind === 'link') lines.push(`[ -L ${place} ] || ln -s ${quote(target ?? '')} ${place}`)
    if (kind === 'file') lines.push(`: >> ${place}`, bind(join(covered, name), join(base, name)))
  }
  return ['set -e', ...lines, bind(base, covered), 'set +e', ''].join('\n')
}

/** A word of a mount table; see fstab(5). */
function tableWord(text: string): string {
  return text.replace(/[ \t\n\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)
}

/** A word of shell text. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
