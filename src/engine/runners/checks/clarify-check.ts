// A ClarifyCheck: bias in data, or in predictions that stand in the data. What has to ask the model is rehearsed only.
// Source: sagemaker-python-sdk, clarify_check_step.py: the inputs are called analysis_config and dataset.

import {readFile} from 'node:fs/promises'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {clientFault} from '../job-fault.ts'
import {type Analyse, simulatedAnalysis} from './analysis.ts'
import {parseAnalysisConfig, readBiasConfig} from './bias/analysis-config.ts'
import {analyseBias, findBiasViolations} from './bias/bias-analysis.ts'
import {readBiasTable} from './bias/bias-table.ts'

export const analyseClarify: Analyse = async (context, {type}, filesAt, isStopped) => {
  if (type === 'MODEL_EXPLAINABILITY') {
    return simulatedAnalysis(
      false,
      'SHAP values need the model behind an endpoint, which the embedded engine does not serve',
    )
  }
  const pathOf = (name: string) => {
    const input = objectsAt(context.request.arguments, 'ProcessingInputs').find((one) => one.InputName === name)
    const path = input && textAt(objectAt(input, 'S3Input'), 'LocalPath')
    if (path === undefined) throw clientFault(`the check has no input "${name}"`)
    return path
  }
  const [configFile] = await filesAt(pathOf('analysis_config'))
  if (configFile === undefined) throw clientFault('the input "analysis_config" has no file')

  const stage = type === 'DATA_BIAS' ? 'pre_training' : 'post_training'
  const config = readBiasConfig(parseAnalysisConfig(await readFile(configFile, 'utf8')), stage)
  if (stage === 'post_training' && config.predicted === undefined) {
    return simulatedAnalysis(
      false,
      'the predictions have to come from the model, which the embedded engine does not serve; ' +
        'a column of the data can hold them (predicted_label in the analysis configuration)',
    )
  }
  const table = await readBiasTable(await filesAt(pathOf('dataset')), config, isStopped)
  context.note(`${table.labels.length} rows; facets: ${table.facetNames.join(', ')}`)
  const analysis = analyseBias(config, table)
  return {
    documents: {'analysis.json': analysis},
    constraintsFile: 'analysis.json',
    reportMembers: {version: '1.0'},
    compare: (baseline) => findBiasViolations(stage, analysis, baseline.constraints),
  }
}
