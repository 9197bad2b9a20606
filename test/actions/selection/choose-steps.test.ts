// Which steps `--from`, `--only` and `--select` mean, and what is refused.
// prepare -> train -> evaluate -> gate -> {register | reject}; train also feeds register; audit stands alone.
import {expect, it} from 'vitest'
import {readDefinition} from '../../../src/actions/executions/definition-outline.ts'
import {chooseSteps} from '../../../src/actions/selection/choose-steps.ts'
import type {JsonObject} from '../../../src/definition/json.ts'
import type {PipelineDefinition} from '../../../src/definition/types.ts'

function step(name: string, ...needs: readonly string[]): JsonObject {
  return {Name: name, Type: 'Processing', Arguments: {}, ...(needs.length > 0 ? {DependsOn: [...needs]} : {})}
}

function definitionOf(...steps: readonly JsonObject[]): PipelineDefinition {
  const definition = readDefinition(JSON.stringify({Version: '2020-12-01', Steps: steps}))
  if (!definition) throw new Error('the test has a broken definition')
  return definition
}

const gate = {
  Name: 'gate',
  Type: 'Condition',
  DependsOn: ['evaluate'],
  Arguments: {
    Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}],
    IfSteps: [step('register', 'train')],
    ElseSteps: [{Name: 'reject', Type: 'Fail', Arguments: {ErrorMessage: 'no'}}],
  },
}
const churn = definitionOf(step('prepare'), step('train', 'prepare'), step('evaluate', 'train'), gate, step('audit'))

it.each([
  ['the last step alone', {from: 'register'}, ['register'], ['train', 'gate']],
  ['a step and all behind it', {from: 'evaluate'}, ['evaluate', 'gate', 'register', 'reject'], ['train']],
  ['everything from the start', {from: 'prepare'}, ['prepare', 'train', 'evaluate', 'gate', 'register', 'reject'], []],
  ['one step', {only: ['train']}, ['train'], ['prepare']],
  ['a condition without its branches', {only: ['gate']}, ['gate'], ['evaluate']],
  [
    'several steps, by comma and by flag, in any order',
    {only: ['evaluate, audit', 'train']},
    ['train', 'evaluate', 'audit'],
    ['prepare'],
  ],
  ['two steps and those between', {select: ['prepare,gate']}, ['prepare', 'train', 'evaluate', 'gate'], []],
  ['steps on no common path', {select: ['audit,register']}, ['register', 'audit'], ['train', 'gate']],
])('chooses %s', (_name, choice, steps, needs) => {
  expect(chooseSteps(choice, churn)).toEqual({steps, needs})
})

it('chooses nothing when nothing is asked', () => {
  expect(chooseSteps({}, churn)).toBeUndefined()
})

it.each([
  ['an unknown step', {from: 'trian'}, '"trian" is not a step of the deployed pipeline: did you mean "train"?'],
  ['every unknown step', {only: ['trian,xyz']}, '"xyz" is not a step of the deployed pipeline: known: prepare, train'],
  ['a gap', {only: ['train,gate']}, 'evaluate lies between train, gate'],
  ['gaps', {only: ['prepare,gate']}, 'train, evaluate lie between prepare, gate'],
  ['no name', {only: [' , ']}, 'name at least one step'],
])('refuses %s', (_name, choice, message) => {
  expect(() => chooseSteps(choice, churn)).toThrow(message)
})

it('refuses more steps than SageMaker takes', () => {
  const row = Array.from({length: 51}, (_, index) => step(`s${index}`, ...(index === 0 ? [] : [`s${index - 1}`])))
  expect(chooseSteps({from: 's1'}, definitionOf(...row))?.steps).toHaveLength(50)
  expect(() => chooseSteps({from: 's0'}, definitionOf(...row))).toThrow('at most 50 selected steps, and these are 51')
})
