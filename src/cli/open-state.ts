// A state directory that the file system or the database refuses is no bug of ours; both say why with a `code`.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {exitCodes} from './exit-codes.ts'
import {systemProblem} from './system-problem.ts'

export function openState<Engine>(stateDirectory: string, open: () => Engine): Engine {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof MlpipeError || !('code' in error)) throw error
    const problem = systemProblem(error)
    throw new MlpipeError({
      code: 'local-state-unusable',
      message: `the embedded engine cannot use its state in ${stateDirectory}: ${problem ?? error.message}`,
      exit: exitCodes.service,
      // What the system forbids, no reset can mend.
      nextSteps: problem === undefined ? ['mlpipe local reset  (deletes what the engine has kept)'] : [],
      cause: error,
    })
  }
}
