// A project on the embedded engine, seen as an AWS target: deployed, run and asked for its lineage, all with the real actions.

import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {deploy} from '../../../src/actions/deploy/deploy.ts'
import type {LineageInput} from '../../../src/actions/lineage/found.ts'
import {lineage} from '../../../src/actions/lineage/lineage.ts'
import type {LineageResult} from '../../../src/actions/lineage/lineage-result.ts'
import {run} from '../../../src/actions/run.ts'
import type {World} from '../../../src/actions/world.ts'
import type {Cloud} from '../../../src/cloud/ports.ts'
import {awsAccount, prodTarget} from '../../support/aws-account.ts'

export type Project = {
  readonly cloud: Cloud
  readonly world: World
  read(file: string): string
  write(file: string, text: string): void
  deploy(): Promise<void>
  /** Its id. */
  run(...parameters: readonly string[]): Promise<string>
  lineage(subject: string | undefined, more?: Partial<LineageInput>): Promise<LineageResult>
}

/** Deployed. */
export async function lineageProject(spec: string, files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const account = awsAccount({'mlpipe.yaml': `${spec}${prodTarget}`, ...files})
  // The engine runs its steps meanwhile: it has to have its turn.
  const world: World = {...account.world, sleep: () => delay(10)}
  const {cloud} = await world.connect({} as never)
  const target = 'prod'
  const project: Project = {
    cloud,
    world,
    read: (file) => readFileSync(join(account.directory, file), 'utf8'),
    write: (file, text) => writeFileSync(join(account.directory, file), text),
    deploy: async () => {
      await deploy({target, dryRun: false, yes: true, adopt: false, version: '1'}, world)
    },
    run: async (...parameters) => {
      const result = await run({target, parameters, wait: true, onInterrupt: 'stop'}, world)
      if (result.outcome !== 'succeeded') throw new Error(`the run ${result.outcome}: ${JSON.stringify(result.steps)}`)
      return result.execution
    },
    lineage: (subject, more = {}) =>
      lineage({target, subject, downstream: false, format: 'tree', limit: 100, version: '1', ...more}, world),
  }
  await project.deploy()
  return project
}
