import {expect, it} from 'vitest'
import {stepCompilers} from '../../src/compiler/step-compilers.ts'
import {kindOf} from '../../src/importer/kinds.ts'

const types = new Set(Object.values(stepCompilers).map(({type}) => type))
types.delete(stepCompilers.raw.type)

it.each([...types])('a step of type %s is imported as a kind that compiles to it', (type) => {
  expect(stepCompilers[kindOf(type)].type).toBe(type)
})

it.each(['Quantum', '', 'constructor', '__proto__'])('nothing but raw has steps of type "%s"', (type) => {
  expect(kindOf(type)).toBe('raw')
})
