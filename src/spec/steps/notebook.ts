// `type: notebook`: runs a Jupyter notebook as a training job.

import {entriesOf, listOf, optional, required, scalar, text} from '../fields.ts'
import {jobFields} from '../shapes/shapes.ts'

export const notebookFields = {
  ...jobFields,
  notebook: required(scalar, 'the notebook, a local .ipynb file'),
  kernel: optional(text, 'kernel of the image that runs it, python3 by default'),
  parameters: optional(entriesOf(scalar), 'put in place of the variables in the cell that is tagged parameters'),
  files: optional(listOf(scalar, {allowOne: true}), 'local files and folders that lie beside the notebook'),
  init: optional(scalar, 'local shell script that is sourced before the notebook starts'),
}
