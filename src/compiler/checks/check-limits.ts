// Limits of SageMaker's job requests that the service itself notices only when the step runs.

import type {StepSpec} from '../../spec/pipeline-spec.ts'
import type {StepScope} from '../context.ts'

export function checkCount(
  count: number,
  most: number,
  what: string,
  step: Pick<StepSpec, 'name' | 'nameRange'>,
  scope: StepScope,
): void {
  if (count <= most) return
  scope.findings.error(
    'out-of-range',
    step.nameRange,
    `step "${step.name}" has ${count} ${what}; SageMaker allows ${most}`,
  )
}
