// /opt in the states that machines have it in. Each is made in a mount namespace of the test's own; needs root for that.

import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {sandboxKinds} from './sandboxes.ts'

const isRoot = process.getuid?.() === 0
const real = sandboxKinds.filter((kind) => kind !== 'none')
const program = join(import.meta.dirname, 'one-job.ts')

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mlpipe-opt-'))
})
afterEach(() => rmSync(parent, {recursive: true, force: true}))

/** Everything below /opt, as the job sees it, without what the job itself has there. */
const listing = `
import os
for base, dirs, names in os.walk('/opt', followlinks=False):
    if base == '/opt/ml':
        for own in ('config', 'output', 'processing', 'tmp', 'input'):
            if own in dirs: dirs.remove(own)
    for name in sorted(dirs + names):
        path = os.path.join(base, name)
        print('sees', path, '->', os.readlink(path)) if os.path.islink(path) else print('sees', path)
print('inputs', sorted(os.listdir('/opt/ml/processing/input')))
`

type Seen = {outcome: {status: string; failureReason?: string}; log: string[]}

/** Runs one job on a machine whose /opt was made by `prepare`. */
function runWith(prepare: string, kind: string, script = listing, place = parent): Seen {
  const inner = `set -e; ${prepare}; exec "$@"`
  const command = ['-m', '/bin/sh', '-c', inner, 'sh', process.execPath, '--import', 'tsx', program, place, script]
  const env = {...process.env, MLPIPE_SANDBOX: kind}
  const {stdout, stderr} = spawnSync('unshare', command, {encoding: 'utf8', env})
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`no outcome: ${stdout}${stderr}`)
  return JSON.parse(line) as Seen
}

const sights = ({log}: Seen) => log.filter((line) => line.startsWith('sees ')).map((line) => line.slice(5))
const emptyOpt = 'mount -t tmpfs opt /opt'

describe.runIf(isRoot).each(real)('in sandbox %s', (kind) => {
  it('keeps folders, files and links, with blanks and quotes in their names', () => {
    const prepare = `${emptyOpt}; mkdir -p "/opt/a b/c"; echo x > "/opt/it's"; ln -s "a b/c" /opt/link; ln -s /nowhere /opt/broken`
    const seen = runWith(prepare, kind)
    expect(seen.outcome.status).toBe('Completed')
    expect(sights(seen).sort()).toEqual(
      ['/opt/a b', '/opt/a b/c', '/opt/broken -> /nowhere', "/opt/it's", '/opt/link -> a b/c', '/opt/ml'].sort(),
    )
  })

  it('keeps what is mounted below /opt', () => {
    const seen = runWith(`${emptyOpt}; mkdir -p /opt/a/m; mount -t tmpfs inner /opt/a/m; touch /opt/a/m/there`, kind)
    expect(sights(seen)).toContain('/opt/a/m/there')
  })

  it('lies over an existing /opt/ml, whose other entries stay', () => {
    const prepare = `${emptyOpt}; mkdir -p /opt/ml/venv/bin /opt/ml/processing/input/old /opt/other; touch /opt/ml/venv/bin/tool /opt/ml/note`
    const seen = runWith(prepare, kind)
    expect(seen.outcome.status).toBe('Completed')
    expect(sights(seen)).toEqual(expect.arrayContaining(['/opt/ml/venv/bin/tool', '/opt/ml/note', '/opt/other']))
    expect(seen.log).toContain("inputs ['code']")
  })

  it('works where /opt is a link', () => {
    const prepare = inRootWith('mkdir -p elsewhere/x; touch elsewhere/x/there; ln -s elsewhere opt')
    const seen = runWith(prepare, kind, listing.replace("'/opt', follow", "'/opt/', follow"))
    expect(seen.outcome.status).toBe('Completed')
    expect(seen.log).toContain("inputs ['code']")
    expect(seen.log.some((line) => line.endsWith('/x/there'))).toBe(true)
  })

  it('works where the state directory lies under /opt, and under /opt/ml', () => {
    for (const place of ['/opt/project', '/opt/ml/project', '/opt/ml/code']) {
      const seen = runWith(`${emptyOpt}; mkdir -p ${place}`, kind, 'print(open(__file__).read()[:5])', place)
      expect([place, seen.outcome.status]).toEqual([place, 'Completed'])
      expect(seen.log).toContain('print')
    }
  })

  it('works without being root', () => {
    const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups']
    spawnSync('chmod', ['777', parent])
    const env = {...process.env, MLPIPE_SANDBOX: kind, HOME: parent, PATH: '/usr/local/bin:/usr/bin:/bin'}
    const command = [
      ...nobody,
      process.execPath,
      '--import',
      'tsx',
      program,
      parent,
      'print(open("/opt/ml/config/resourceconfig.json").read())',
    ]
    const {stdout, stderr} = spawnSync('setpriv', command, {encoding: 'utf8', env})
    expect(stderr).toBe('')
    const seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Seen
    expect(seen.outcome.status).toBe('Completed')
    expect(seen.log).toContain('{"current_host":"algo-1","hosts":["algo-1"]}')
  })
})

/** Another root: everything of the real one bound into a new file system, but /opt, which `opt` makes in it. */
function inRootWith(opt: string): string {
  return [
    'mount -t tmpfs root /mnt; here=$PWD; cd /mnt; mkdir old',
    'for d in /*; do n=$(basename "$d")',
    'case $n in opt|mnt) continue;; esac',
    'if [ -L "$d" ]; then cp -P "$d" .; elif [ -d "$d" ]; then mkdir "$n"; mount --rbind "$d" "$n"; fi',
    'done',
    opt,
    'pivot_root . old; umount -l old; cd "$here"',
  ].join('\n')
}

describe.runIf(isRoot)('without /opt', () => {
  it('maps paths instead', () => {
    const seen = runWith(inRootWith('true'), '', 'print("ran")')
    expect(seen.outcome.status).toBe('Completed')
    expect(seen.log).toContain('ran')
    expect(seen.log.some((line) => line.includes('no sandbox'))).toBe(true)
  })
})
