// Data sets as texts, profiled and compared.

import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {constraintsDocument} from '../../../../src/engine/runners/checks/data/constraints.ts'
import {type Profile, profileDataset} from '../../../../src/engine/runners/checks/data/profile.ts'
import {statisticsDocument} from '../../../../src/engine/runners/checks/data/statistics.ts'
import {findDataViolations} from '../../../../src/engine/runners/checks/data/violations.ts'
import type {DatasetFormat} from '../../../../src/engine/runners/checks/dataset.ts'
import {tempDir} from '../../../support/temp-dir.ts'

const csv: DatasetFormat = {kind: 'csv', header: 'row'}

export function profile(text: string | Buffer, format: DatasetFormat = csv, name = 'data'): Promise<Profile> {
  const file = join(tempDir(), name)
  writeFileSync(file, text)
  return profileDataset([file], format, () => false)
}

/** The two documents that a data set makes as a baseline. */
export function documents({columns, rows}: Profile) {
  return {statistics: statisticsDocument(columns, rows), constraints: constraintsDocument(columns, rows)}
}

export async function violationsOf(
  before: string,
  after: string,
  change: (constraints: JsonObject) => JsonObject = (same) => same,
) {
  const baseline = documents(await profile(before))
  const {columns, rows} = await profile(after)
  return findDataViolations(columns, rows, {...baseline, constraints: change(baseline.constraints)})
}
