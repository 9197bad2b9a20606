// `--params-file`: a YAML or JSON mapping of parameter names to values.

import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import {isMap, isScalar, LineCounter, parseDocument} from 'yaml'
import type {NameValue} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'

export async function readParametersFile(path: string, cwd: string): Promise<NameValue[]> {
  return parseParameters(await readText(path, cwd), path)
}

/** Numbers keep the text they are written with, so that `1.10` or a long integer goes out as it stands. */
export function parseParameters(text: string, path: string): NameValue[] {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false})
  const [syntax] = document.errors
  if (syntax) throw wrong(path, `has a mistake in line ${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`)
  if (document.contents === null) return []
  if (!isMap(document.contents)) throw wrong(path, 'is not a mapping of parameter names to values')

  return document.contents.items.map(({key, value}) => {
    const name = isScalar(key) ? String(key.value) : ''
    if (!isScalar(value) || value.value === null) {
      throw wrong(path, `gives "${name}" no single value: write text, a number, true or false`)
    }
    return {name, value: typeof value.value === 'string' ? value.value : (value.source ?? String(value.value))}
  })
}

async function readText(path: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw wrong(path, 'does not exist')
    if (code === 'EISDIR') throw wrong(path, 'is a folder')
    if (code === 'EACCES') throw wrong(path, 'cannot be read with your permissions')
    throw error
  }
}

function wrong(path: string, what: string): MlpipeError {
  return new MlpipeError({code: 'wrong-parameters-file', message: `the parameters file ${path} ${what}`})
}
