// Whether a registered model may be deployed.

import type {ModelPackage} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../../next-commands.ts'

/** SageMaker makes no model of a version that is not approved (Developer Guide, "Deploy a Model from the Registry": approve it first). */
export function checkModel(found: ModelPackage, input: Place): void {
  const model = `${found.group}/${found.version}`
  if (found.status !== 'Completed') {
    throw new MlpipeError({
      code: 'model-not-complete',
      message: `${model} has status ${found.status}: only a model package that is Completed can be deployed`,
      nextSteps: [nextCommand(`models show ${model}`, input)],
    })
  }
  if (found.approval === 'Approved') return
  const reason = found.approvalDescription === undefined ? '' : ` (${found.approvalDescription})`
  const state = found.approval === 'Rejected' ? `is Rejected${reason}` : 'is not approved yet'
  throw new MlpipeError({
    code: 'model-not-approved',
    message: `${model} ${state}, and so is not deployed`,
    nextSteps: [nextCommand(`models approve ${model}`, input)],
  })
}
