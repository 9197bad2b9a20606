// The sandboxes that this machine has. bubblewrap and user namespaces are missing in some containers; "none" never is.

import {spawnSync} from 'node:child_process'
import type {SandboxKind} from '../../../src/engine/runners/launch/sandbox.ts'

const works = (command: string, args: readonly string[]) => spawnSync(command, args).status === 0
const flags = process.getuid?.() === 0 ? '-m' : '-Urm'

export const sandboxKinds: SandboxKind[] = [
  ...(works('bwrap', ['--dev-bind', '/', '/', '--tmpfs', '/opt', 'true']) ? (['bwrap'] as const) : []),
  ...(works('unshare', [flags, 'mount', '-t', 'tmpfs', 'x', '/opt']) ? (['unshare'] as const) : []),
  'none',
]
