// Whether a registered model may be deployed.

import type {ModelPackage} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {nextCommand, type Place} from '../../next-commands.ts'

/** SageMaker makes no model of a version that is not approved (Developer Guide, "Deploy a Model from the Registry": approve it first). */
export function checkModel(found: ModelPackage, input: Place): void {
  const why = whyNotDeployable(found)
  if (why === undefined) return
  const model = `${found.group}/${found.version}`
  if (found.status !== 'Completed') {
    throw new MlpipeError({
      code: 'model-not-complete',
      message: `${model} ${why}: only a model package that is Completed can be deployed`,
      nextSteps: [nextCommand(`models show ${model}`, input)],
    })
  }
  throw new MlpipeError({
    code: 'model-not-approved',
    message: `${model} ${why}, and so is not deployed`,
    nextSteps: [nextCommand(`models approve ${model}`, input)],
  })
}

/** To stand behind its name: `is Rejected (too few patients)`. */
export function whyNotDeployable({status, approval, approvalDescription}: ModelPackage): string | undefined {
  if (status !== 'Completed') return `has status ${status}`
  if (approval === 'Approved') return undefined
  const reason = approvalDescription === undefined ? '' : ` (${approvalDescription})`
  return approval === 'Rejected' ? `is Rejected${reason}` : 'is not approved yet'
}
