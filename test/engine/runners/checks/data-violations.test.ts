import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {findDataViolations} from '../../../../src/engine/runners/checks/data/violations.ts'
import {documents, profile, violationsOf} from './profiles.ts'

describe('violations', () => {
  const rows = (count: number, row: (index: number) => string) =>
    Array.from({length: count}, (_none, index) => row(index))
  const xy = (index: number) => (index % 2 ? 'x' : 'y')
  const table = (header: string, lines: readonly string[]) => `${header}\n${lines.join('\n')}\n`
  const steady = table(
    'n,kind',
    rows(1000, (index) => `${index % 100},${xy(index)}`),
  )

  it('are none for the same data', async () => {
    expect(await violationsOf(steady, steady)).toEqual([])
  })

  it.each([
    [
      'data_type_check',
      table(
        'n,kind',
        rows(1000, (index) => `${index % 100}${index % 10 ? '' : '.5'},${xy(index)}`),
      ),
      'n',
      'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 90.0% of data is Integral.',
    ],
    [
      'completeness_check',
      table(
        'n,kind',
        rows(1000, (index) => `${index % 100},${index % 4 ? xy(index) : ''}`),
      ),
      'kind',
      'Completeness requirement is not met. Expected completeness: 100.0%. Observed: Only 75.0% of data is present.',
    ],
    [
      'categorical_values_check',
      table(
        'n,kind',
        rows(1000, (index) => `${index % 100},${index < 20 ? 'z' : xy(index)}`),
      ),
      'kind',
      'Value domain requirement is not met. Expected match: 100.0%. Observed: Only 98.0% of values are in the domain. Unknown: "z".',
    ],
    [
      'missing_column_check',
      table(
        'n',
        rows(1000, (index) => `${index % 100}`),
      ),
      'Missing columns',
      'There are missing columns in current dataset: kind. Number of columns in current dataset: 1, Number of columns in baseline constraints: 2',
    ],
    [
      'extra_column_check',
      table(
        'n,kind,more',
        rows(1000, (index) => `${index % 100},${xy(index)},1`),
      ),
      'Extra columns',
      'There are extra columns in current dataset: more. Number of columns in current dataset: 3, Number of columns in baseline constraints: 2',
    ],
  ])('%s', async (type, after, feature, description) => {
    const found = await violationsOf(steady, after)
    expect(found).toContainEqual({feature_name: feature, constraint_check_type: type, description})
  })

  it('baseline_drift_check of numbers: half of them 50 higher', async () => {
    const after = table(
      'n,kind',
      rows(1000, (index) => `${(index % 100) + (index % 2 ? 50 : 0)},${xy(index)}`),
    )
    const [violation, ...others] = await violationsOf(steady, after)
    expect(others).toEqual([])
    const distance = 0.25 - 1.8 * Math.sqrt(2000 / 1_000_000)
    expect(violation?.constraint_check_type).toBe('baseline_drift_check')
    const [, shown] =
      /^Numerical distance: (\S+) exceeds numerical threshold: 0.1$/.exec(violation?.description ?? '') ?? []
    expect(Number(shown)).toBeCloseTo(distance, 9)
  })

  it('baseline_drift_check of categories: three quarters x instead of a half', async () => {
    const after = table(
      'n,kind',
      rows(1000, (index) => `${index % 100},${index % 4 ? 'x' : 'y'}`),
    )
    const found = await violationsOf(steady, after)
    expect(found).toMatchObject([{feature_name: 'kind', constraint_check_type: 'baseline_drift_check'}])
    expect(found[0]?.description).toMatch(/^Categorical distance: 0\.169/)
  })

  it('read the baseline of numbers from buckets when it has no sketch', async () => {
    const {statistics, constraints} = documents(await profile(steady))
    const bare = JSON.parse(JSON.stringify(statistics).replace(/,"sketch":\{.*?\]\]\}/, '')) as JsonObject
    const {columns} = await profile(
      table(
        'n,kind',
        rows(1000, (index) => `${99 - (index % 10)},${xy(index)}`),
      ),
    )
    expect(findDataViolations(columns, 1000, {statistics: bare, constraints})).toMatchObject([
      {feature_name: 'n', constraint_check_type: 'baseline_drift_check'},
    ])
  })

  it('obey the thresholds and switches of the constraints', async () => {
    const after = table(
      'n,kind',
      rows(1000, (index) => `${index + 500},z`),
    )
    const withConfig = (config: JsonObject) => (constraints: JsonObject) => ({
      ...constraints,
      monitoring_config: config,
    })
    expect(await violationsOf(steady, after, withConfig({evaluate_constraints: 'Disabled'}))).toEqual([])
    const lenient = {domain_content_threshold: 0, distribution_constraints: {perform_comparison: 'Disabled'}}
    expect(await violationsOf(steady, after, withConfig(lenient))).toEqual([])
    const near = {domain_content_threshold: 0, distribution_constraints: {comparison_threshold: 0.99}}
    expect(await violationsOf(steady, after, withConfig(near))).toEqual([])
  })

  it('obey what a feature sets for itself', async () => {
    const after = table(
      'n,kind',
      rows(1000, (index) => `${index % 100},${index < 20 ? 'z' : xy(index)}`),
    )
    const relax = (constraints: JsonObject): JsonObject => ({
      ...constraints,
      features: (constraints.features as JsonObject[]).map((feature) => ({
        ...feature,
        monitoringConfigOverrides: {domain_content_threshold: 0.95},
      })),
    })
    expect(await violationsOf(steady, after, relax)).toEqual([])
  })
})
