// Pictures of the published definitions, and of a pipeline of thirty steps as teams have them.

import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {definitionPicture} from '../../src/actions/graph/definition-picture.ts'
import type {Json} from '../../src/definition/json.ts'
import {parseDefinition} from '../../src/definition/parse-definition.ts'
import type {Picture} from '../../src/picture/picture.ts'

const folder = fileURLToPath(new URL('../fixtures/definitions', import.meta.url))

export const definitionNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''))
  .sort()

export function pictureOfDefinition(name: string): Picture {
  const parsed = parseDefinition(readFileSync(join(folder, `${name}.json`), 'utf8'))
  if (!parsed.ok) throw new Error(`${name}: ${parsed.message}`)
  return definitionPicture({name, definition: parsed.definition})
}

/** Three sources of data, features, a search over six models, a comparison, a gate, and what comes of it. */
export function thirtySteps(): Picture {
  const get = (step: string, path: string) => ({Get: `Steps.${step}.${path}`})
  const output = (step: string) => get(step, "ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri")
  const model = (step: string) => get(step, 'ModelArtifacts.S3ModelArtifacts')
  const step = (name: string, type: string, ...inputs: Json[]) => ({
    Name: name,
    Type: type,
    Arguments: {Inputs: inputs},
    ...(type === 'Processing' || type === 'Training' ? {CacheConfig: {Enabled: true, ExpireAfter: 'P30D'}} : {}),
  })
  const sources = ['orders', 'customers', 'events']
  const models = ['linear', 'forest', 'boosted', 'neighbours', 'network', 'baseline']
  const accuracy = {'Std:JsonGet': {PropertyFile: get('compare', 'PropertyFiles.metrics'), Path: 'best.accuracy'}}
  const gate = {
    Name: 'gate',
    Type: 'Condition',
    Arguments: {
      Conditions: [{Type: 'GreaterThanOrEqualTo', LeftValue: accuracy, RightValue: 0.93}],
      IfSteps: [
        step('register', 'RegisterModel', output('compare')),
        step('create-model', 'Model', output('compare')),
        step('predict', 'Transform', get('create-model', 'ModelName'), output('split')),
        step('monitor', 'QualityCheck', get('predict', 'TransformOutput.S3OutputPath')),
        {...step('announce', 'Lambda', get('register', 'ModelPackageArn')), FunctionArn: 'arn:aws:lambda:announce'},
      ],
      ElseSteps: [step('reject', 'Fail')],
    },
  }
  const steps = [
    ...sources.map((name) => step(`load-${name}`, 'Processing')),
    ...sources.map((name) => step(`check-${name}`, 'QualityCheck', output(`load-${name}`))),
    step('join', 'Processing', ...sources.map((name) => output(`load-${name}`))),
    step('features', 'Processing', output('join')),
    step('split', 'Processing', output('features')),
    ...models.map((name) => step(`train-${name}`, 'Training', output('split'))),
    ...models.map((name) => step(`evaluate-${name}`, 'Processing', model(`train-${name}`), output('split'))),
    {
      ...step('compare', 'Processing', ...models.map((name) => output(`evaluate-${name}`))),
      DependsOn: sources.map((name) => `check-${name}`),
    },
    gate,
    {...step('clean-up', 'Lambda', output('join')), FunctionArn: 'arn:aws:lambda:clean-up'},
  ]
  const parsed = parseDefinition(JSON.stringify({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: steps}))
  if (!parsed.ok) throw new Error(parsed.message)
  const triggers = [
    {name: 'nightly', kind: 'schedule', waitsFor: 'every day at 03:00 Europe/Berlin', isEnabled: true},
    {name: 'drift', kind: 'drift', waitsFor: 'alarm retrain-drift goes to ALARM', isEnabled: false},
  ]
  return definitionPicture({name: 'thirty-steps', definition: parsed.definition, triggers, parallelism: 8})
}
