// Executions that have ended well, kept on disk by ARN: SageMaker lets nobody change them, so they are read once only.
// (One that failed or was stopped can still be retried.) Definitions are kept by their hash, for many executions share one.

import {createHash, randomUUID} from 'node:crypto'
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

export type KeptExecution<Step> = {
  readonly startedAtMs: number
  readonly steps: readonly Step[]
  /** Absent when no job ran in it, and so nothing can be reused from it. */
  readonly definition?: string
  readonly parameters?: readonly {readonly name: string; readonly value: string}[]
}

export type HistoryFiles<Step> = {
  read(arn: string): Promise<KeptExecution<Step> | undefined>
  write(arn: string, kept: KeptExecution<Step>): Promise<void>
}

const formatVersion = 1

/** Files below `<directory>/history/<target>`. What cannot be read is as good as absent; what cannot be written is not kept. */
export function historyFiles<Step>(directory: string, target: string): HistoryFiles<Step> {
  const root = join(directory, 'history', target)
  const path = (arn: string) => join(root, `${arn.slice(arn.lastIndexOf('/') + 1)}.json`)
  const definitions = new Map<string, Promise<string>>()
  const readDefinition = (hash: string) => {
    const text = definitions.get(hash) ?? readFile(join(root, 'definitions', `${hash}.json`), 'utf8')
    definitions.set(hash, text)
    return text
  }
  return {
    async read(arn) {
      try {
        const {version, definitionHash, ...kept} = JSON.parse(await readFile(path(arn), 'utf8')) as Stored<Step>
        if (version !== formatVersion || kept.arn !== arn) return undefined
        return definitionHash === undefined ? kept : {...kept, definition: await readDefinition(definitionHash)}
      } catch {
        return undefined
      }
    },
    async write(arn, {definition, ...kept}) {
      try {
        await mkdir(join(root, 'definitions'), {recursive: true})
        const definitionHash = definition === undefined ? undefined : hashOf(definition)
        if (definition !== undefined && definitionHash !== undefined && !definitions.has(definitionHash)) {
          definitions.set(definitionHash, Promise.resolve(definition))
          await replaceFile(join(root, 'definitions', `${definitionHash}.json`), definition)
        }
        await replaceFile(path(arn), JSON.stringify({version: formatVersion, arn, ...kept, definitionHash}))
      } catch {
        // A full disk or a read-only folder costs only the calls of the next time.
      }
    },
  }
}

type Stored<Step> = Omit<KeptExecution<Step>, 'definition'> & {
  readonly version: number
  readonly arn: string
  readonly definitionHash?: string
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Whole or not at all, whoever reads meanwhile. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, text)
  await rename(draft, path)
}
