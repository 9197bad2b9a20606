// The format of a lineage that is written into a file, by the file's ending.

import {extname} from 'node:path'
import {formatOfEnding, unknownEnding} from '../graph/format.ts'
import {nextCommand, type Place, quoted} from '../next-commands.ts'
import type {LineageFormat} from './lineage-result.ts'

const endings: Readonly<Record<string, LineageFormat>> = {
  '.txt': 'tree',
  '.json': 'json',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
  '.ndjson': 'openlineage',
}

/** What Graphviz makes of DOT. */
const drawn = ['.svg', '.png', '.pdf']

type Asked = Place & {
  readonly format: LineageFormat | undefined
  readonly subject: string | undefined
  readonly downstream: boolean
}

/** What is asked for goes over the ending. */
export function lineageFormat({format, subject, downstream, ...place}: Asked, path: string | undefined): LineageFormat {
  const known = format ?? (path === undefined ? 'tree' : formatOfEnding(path, endings))
  if (known !== undefined || path === undefined) return known ?? 'tree'
  const ending = extname(path).toLowerCase()
  const about = `lineage${subject === undefined ? '' : ` ${quoted(subject)}`}${downstream ? ' --downstream' : ''}`
  const write = (file: string, more = '') => nextCommand(`${about}${more} -o ${quoted(file)}`, place)
  if (!drawn.includes(ending)) throw unknownEnding(path, endings, [write(path, ' --format tree')])
  const dot = `${path.slice(0, -ending.length)}.dot`
  throw unknownEnding(path, endings, [write(dot), `dot -T${ending.slice(1)} ${quoted(dot)} -o ${quoted(path)}`])
}
