// The format of a picture that is written into a file, by the file's ending.

import {extname} from 'node:path'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {quoted} from '../next-commands.ts'

type FileFormat = 'mermaid' | 'markdown' | 'dot' | 'svg' | 'json' | 'terminal'

const formats: Readonly<Record<string, FileFormat>> = {
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.md': 'markdown',
  '.dot': 'dot',
  '.gv': 'dot',
  '.json': 'json',
  '.txt': 'terminal',
}

const pixelEndings = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.pdf']

type Endings<Format> = Readonly<Record<string, Format>>

/** Undefined for an ending that names none. */
export function formatOfEnding<Format extends string>(path: string, endings: Endings<Format>): Format | undefined {
  return endings[extname(path).toLowerCase()]
}

/** `nextSteps`: what writes it anyway. */
export function unknownEnding(path: string, endings: Endings<string>, nextSteps: readonly string[]): MlpipeError {
  const known = Object.keys(endings).join(', ')
  const message = `the ending of ${path} names no format: it may be ${known}`
  return new MlpipeError({code: 'unknown-format', message, nextSteps})
}

/** What is asked for goes over the ending; a file without a known ending needs it. */
export function formatOf(asked: FileFormat | undefined, path: string | undefined): FileFormat {
  if (path === undefined) return asked ?? 'terminal'
  if (path === '') throw new MlpipeError({code: 'usage', message: "-o names no file: ''"})
  const ending = extname(path).toLowerCase()
  const known = formatOfEnding(path, formats)
  if (asked === 'mermaid' && known === 'markdown') return known
  const format = asked ?? known
  if (format !== undefined) return format
  if (pixelEndings.includes(ending)) throw noPixels(path, ending)
  throw unknownEnding(path, formats, [`mlpipe graph --format svg -o ${quoted(path)}`])
}

function noPixels(path: string, ending: string): MlpipeError {
  const svg = `${path.slice(0, -ending.length)}.svg`
  return new MlpipeError({
    code: 'unknown-format',
    message: `${ending.slice(1)} is not drawn here: draw SVG, and convert it`,
    nextSteps: [
      `mlpipe graph -o ${quoted(svg)}`,
      ending === '.pdf'
        ? `rsvg-convert -f pdf ${quoted(svg)} -o ${quoted(path)}`
        : `rsvg-convert ${quoted(svg)} -o ${quoted(path)}`,
    ],
  })
}
