// A step run of which nothing is known but what a test says.

import type {StepRun} from '../../src/lineage/provenance.ts'

export const stepRun = (more: Pick<StepRun, 'executionArn' | 'step'> & Partial<StepRun>): StepRun => ({
  type: 'Training',
  status: 'Succeeded',
  takenOverBy: [],
  inputs: [],
  code: [],
  outputs: [],
  parameters: [],
  hyperparameters: [],
  environment: [],
  metrics: [],
  after: [],
  ...more,
})
