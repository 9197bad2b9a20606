// The collections that lie beside the checkout, in `../shared` (of a worktree, one directory further up).

import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

/** The path of a file of the collection; undefined, with a loud line, where it is not to be had. */
export function findSharedFile(path: string, suite: string): string | undefined {
  const roots = ['../../../shared/', '../../../../shared/'].map((root) => fileURLToPath(new URL(root, import.meta.url)))
  const found = roots.map((root) => `${root}${path}`).find((candidate) => existsSync(candidate))
  if (found === undefined) console.warn(`SKIPPED: ${suite}, since there is no ../shared/${path} beside the checkout`)
  return found
}
