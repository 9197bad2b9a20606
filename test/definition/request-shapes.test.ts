// Requests held against the definitions that the SageMaker Python SDK makes: all of them pass, and every single mistake that
// can be made in them is found where it was made.

import {execFileSync} from 'node:child_process'
import {statSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import {checkRequest} from '../../src/definition/request-shapes/check-request.ts'
import type {ReferenceScope} from '../../src/definition/request-shapes/value-type.ts'
import {type MadeStep, madeSteps} from '../support/made-definitions.ts'
import {type JsonPath, members, replaced, scalars, shownPath} from '../support/mutations.ts'
import {requiredMembers} from '../support/required-members.ts'

const steps = madeSteps()
const missing = new Set<string>()
const byType = steps.filter(({step}) => !['Lambda', 'Condition', 'Fail'].includes(step.Type))

it('the tables are what the installed SDK says', () => {
  const program = fileURLToPath(new URL('../../bin/make-request-shapes.js', import.meta.url))
  execFileSync(process.execPath, [program, '--check'], {stdio: 'pipe'})
})

it('the tables stay small: they are in every command that compiles', () => {
  const sizes = ['structures', 'enums', 'limits', 'service-structures'].map(
    (name) => statSync(new URL(`../../src/definition/request-shapes/${name}.ts`, import.meta.url)).size,
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80_000)
})

it.each(steps)('takes $file, step $step.Name, as it is', ({step, scope}) => {
  expect(checkRequest(step.Type, step.Arguments, scope)).toEqual([])
})

it('takes the key that the SDK gives to the output of a check', () => {
  const check = steps.find(({step}) => step.Type === 'QualityCheck')
  const S3Output = {S3Uri: 's3://b/o', LocalPath: '/opt/o', S3UploadMode: 'EndOfJob', KmsKeyId: 'key'}
  const outputs = {ProcessingOutputConfig: {Outputs: [{OutputName: 'o', S3Output}]}}
  expect(check && checkRequest('QualityCheck', {...check.step.Arguments, ...outputs}, check.scope)).toEqual([])
})

it('knows the request of every step type in the definitions but Lambda', () => {
  const unchecked = steps.filter(({step, scope}) => checkRequest(step.Type, {NoSuchMember: 1}, scope).length === 0)
  expect(new Set(unchecked.map(({step}) => step.Type))).toEqual(new Set(['Lambda']))
})

// SageMaker Python SDK, workflow/conditions.py: the types, and what each holds.
it.each([
  [{Type: 'ConditionEquals', LeftValue: 1, RightValue: 1}, ['not-in-enum Conditions[0].Type']],
  [{Type: 'Equals', LeftValue: 1}, ['missing-member Conditions[0].RightValue']],
  [{Type: 'LessThanOrEqualTo'}, ['missing-member Conditions[0].LeftValue', 'missing-member Conditions[0].RightValue']],
  [
    {Type: 'Not', Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}]},
    ['missing-member Conditions[0].Condition'],
  ],
  [{Type: 'Or', Conditions: [{Type: 'And'}]}, ['not-in-enum Conditions[0].Conditions[0].Type']],
  [{Type: 'In', QueryValue: 1, Values: [1]}, []],
  [{Type: 'In', Value: 1, In: [1]}, []],
  [{Type: 'In'}, ['missing-member Conditions[0].QueryValue', 'missing-member Conditions[0].Values']],
  [
    {Type: 'Not', Expression: {Type: 'Equals', LeftValue: 1, RightValue: 1}},
    ['unknown-member Conditions[0].Expression'],
  ],
] as const)('condition %j: %j', (condition, expected) => {
  const found = checkRequest('Condition', {Conditions: [condition]}, {parameters: new Map(), steps: new Map()})
  expect(found.map(({kind, path}) => `${kind} ${path}`)).toEqual(expected)
})

describe.each(byType)('in $file, step $step.Name', ({step, scope}: MadeStep) => {
  it('finds every member that is misspelt', () => {
    const paths = members(step.Arguments)
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) {
      const name = String(path.at(-1))
      const parent = path.slice(0, -1)
      const wrong = replaced(step.Arguments, parent, (object) => renamed(object, name, `${name}X`))
      const found = checkRequest(step.Type, wrong, scope).filter(({kind}) => kind === 'unknown-member')
      expect(found).toMatchObject([{path: shownPath(wrong, [...parent, `${name}X`]), member: `${name}X`}])
    }
  })

  it('finds every member that is missing', () => {
    for (const path of members(step.Arguments)) {
      const member = String(path.at(-1))
      const wrong = replaced(step.Arguments, path.slice(0, -1), (object) => without(object, member))
      for (const finding of checkRequest(step.Type, wrong, scope)) {
        expect(finding).toMatchObject({kind: 'missing-member', path: shownPath(wrong, path), member})
        if (finding.kind === 'missing-member') missing.add(`${finding.owner}.${member}`)
      }
    }
  })

  it('finds every value of another type', () => {
    for (const path of scalars(step.Arguments)) {
      const wrong = replaced(step.Arguments, path, (value) => (typeof value === 'string' ? 7 : 'seven'))
      expect(checkRequest(step.Type, wrong, scope)).toMatchObject([{kind: 'wrong-type', path: shownPath(wrong, path)}])
    }
  })

  it('finds every value that is a list or a mapping instead', () => {
    for (const path of scalars(step.Arguments)) {
      for (const instead of [['x'], {x: 'y'}]) {
        const wrong = replaced(step.Arguments, path, () => instead)
        expect(checkRequest(step.Type, wrong, scope)).toMatchObject([
          {kind: 'wrong-type', path: shownPath(wrong, path)},
        ])
      }
    }
  })
})

it('has found just the members that a request cannot be without', () => {
  const expected = Object.entries(requiredMembers).flatMap(([owner, names]) => names.map((name) => `${owner}.${name}`))
  expect([...missing].sort()).toEqual(expected.sort())
})

// Source: SageMaker API reference; the names of jobs and models are the service's to make.
it.each<[string, readonly string[]]>([
  ['Processing', ['AppSpecification', 'ProcessingResources', 'RoleArn']],
  ['QualityCheck', ['AppSpecification', 'ProcessingResources', 'RoleArn']],
  ['ClarifyCheck', ['AppSpecification', 'ProcessingResources', 'RoleArn']],
  ['Training', ['OutputDataConfig', 'RoleArn']],
  ['Transform', ['ModelName', 'TransformInput', 'TransformOutput', 'TransformResources']],
  ['Tuning', ['HyperParameterTuningJobConfig']],
  ['AutoML', ['InputDataConfig', 'OutputDataConfig', 'RoleArn']],
  ['Model', []],
  ['RegisterModel', []],
  ['EndpointConfig', ['ProductionVariants']],
  ['Endpoint', ['EndpointConfigName', 'EndpointName']],
  ['EMR', ['StepConfig']],
  ['EMRServerless', ['ExecutionRoleArn', 'JobConfig']],
  ['Condition', ['Conditions']],
  ['Fail', []],
  ['Lineage', []],
  ['Lambda', []],
  ['NewTypeOfStep', []],
])('%s needs %j', (type, expected) => {
  const missing = checkRequest(type, {}, nothing).map(({kind, path}) => `${kind} ${path}`)
  expect(missing.sort()).toEqual(expected.map((member) => `missing-member ${member}`))
})

it.each<[string, string, string[]]>([
  ['a processing input needs its place', "ProcessingInputs['code'].S3Input", ['S3DataType', 'S3Uri']],
  ['a processing output needs its place', "ProcessingOutputConfig.Outputs['m'].S3Output", ['S3UploadMode', 'S3Uri']],
  ['an application needs its image', 'AppSpecification', ['ImageUri']],
])('%s', (_rule, place, expected) => {
  const {step, scope} = madeSteps().find(({file}) => file === 'jsonget_forms.json') as MadeStep
  const path = pathTo(step.Arguments, place)
  const emptied = replaced(step.Arguments, path, () => ({}))
  const paths = checkRequest(step.Type, emptied, scope).map((finding) => finding.path)
  expect(paths.sort()).toEqual(expected.map((member) => `${place}.${member}`))
})

it.each<[string, string, JsonObject]>([
  ['the name of a job, which is then a prefix', 'Training', {TrainingJobName: 'mine'}],
  ['the name of a model, which is then a prefix', 'Model', {ModelName: 'mine'}],
  ['null for what is left out', 'Model', {PrimaryContainer: null, Tags: null}],
  ['numbers in text for a map of texts', 'Model', {PrimaryContainer: {Environment: {A: '1'}}}],
])('takes %s', (_what, type, args) => {
  const kinds = checkRequest(type, args, nothing).map(({kind}) => kind)
  expect(kinds.filter((kind) => kind !== 'missing-member')).toEqual([])
})

// SageMaker API reference: ProcessingS3Input, ProductionVariant, CreateModelPackage, TransformOutput.
it.each<[string, JsonObject, string, string | undefined]>([
  ['RegisterModel', {ModelApprovalStatus: 'approved'}, 'ModelApprovalStatus', 'ModelApprovalStatus'],
  ['RegisterModel', {SkipModelValidation: true}, 'SkipModelValidation', undefined],
  [
    'EndpointConfig',
    {ProductionVariants: [{VariantName: 'a', ModelName: 'm', InstanceType: 'm5'}]},
    'ProductionVariants[0].InstanceType',
    'ProductionVariantInstanceType',
  ],
])('of %s, %j has a value at %s that is none of its enum', (type, args, path, enumName) => {
  const found = checkRequest(type, args, nothing).find((finding) => finding.path === path)
  if (enumName === undefined) expect(found).toMatchObject({kind: 'wrong-type', wanted: 'String'})
  else expect(found).toMatchObject({kind: 'not-in-enum', enumName})
})

// SageMaker API reference: AppSpecification, CreateProcessingJob, CreateTrainingJob, ProcessingStoppingCondition, Tag lists.
it.each<[string, JsonObject, string | undefined]>([
  ['Processing', {AppSpecification: {ImageUri: 'x', ContainerArguments: Array(100).fill('a')}}, undefined],
  [
    'Processing',
    {AppSpecification: {ImageUri: 'x', ContainerArguments: Array(101).fill('a')}},
    'AppSpecification.ContainerArguments',
  ],
  [
    'Processing',
    {AppSpecification: {ImageUri: 'x', ContainerArguments: ['a', 'b'.repeat(257)]}},
    'AppSpecification.ContainerArguments[1]',
  ],
  ['Processing', {Environment: manyEntries(100)}, undefined],
  ['Processing', {Environment: manyEntries(101)}, 'Environment'],
  ['Processing', {Environment: {A: 'x'.repeat(257)}}, 'Environment.A'],
  ['Training', {Environment: {A: 'x'.repeat(512)}}, undefined],
  ['Training', {Environment: {A: 'x'.repeat(513)}}, 'Environment.A'],
  ['Training', {HyperParameters: {A: 'x'.repeat(2500)}}, undefined],
  ['Training', {HyperParameters: {A: 'x'.repeat(2501)}}, 'HyperParameters.A'],
  ['Training', {HyperParameters: {[`${'k'.repeat(257)}`]: 'x'}}, `HyperParameters.${'k'.repeat(257)}`],
  ['Processing', {StoppingCondition: {MaxRuntimeInSeconds: 777_600}}, undefined],
  ['Processing', {StoppingCondition: {MaxRuntimeInSeconds: 777_601}}, 'StoppingCondition.MaxRuntimeInSeconds'],
  ['Processing', {StoppingCondition: {MaxRuntimeInSeconds: 0}}, 'StoppingCondition.MaxRuntimeInSeconds'],
  ['Model', {Tags: Array.from({length: 51}, (_, at) => ({Key: `k${at}`, Value: 'v'}))}, 'Tags'],
  ['Model', {Containers: Array(16).fill({})}, 'Containers'],
  ['AutoML', {InputDataConfig: Array(3).fill({TargetAttributeName: 'y'})}, 'InputDataConfig'],
])('%s: the limit of case %#', (type, args, path) => {
  const outside = checkRequest(type, args, nothing).filter(({kind}) => kind === 'out-of-range')
  expect(outside.map((finding) => finding.path)).toEqual(path === undefined ? [] : [path])
})

const nothing: ReferenceScope = {parameters: new Map(), steps: new Map()}

function manyEntries(count: number): JsonObject {
  return Object.fromEntries(Array.from({length: count}, (_, at) => [`K${at}`, 'v']))
}

function renamed(value: Json, from: string, to: string): Json {
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, each]) => [key === from ? to : key, each]))
}

function without(value: Json, member: string): Json {
  return Object.fromEntries(Object.entries(value as JsonObject).filter(([key]) => key !== member))
}

function pathTo(args: JsonObject, shown: string): JsonPath {
  const path = members(args).find((each) => shownPath(args, each) === shown)
  if (!path) throw new Error(`no ${shown}`)
  return path
}
