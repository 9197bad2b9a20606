import {expect, it} from 'vitest'
import {parseParameters, readParametersFile} from '../../../src/actions/parameters/parameters-file.ts'
import {tempDir} from '../../support/temp-dir.ts'

it.each([
  ['YAML', 'epochs: 50\nminAccuracy: 1.10\nname: "007"\nisDry: true\n'],
  ['JSON', '{"epochs": 50, "minAccuracy": 1.10, "name": "007", "isDry": true}'],
])('%s keeps numbers as they are written', (_name, text) => {
  expect(parseParameters(text, 'p')).toEqual([
    {name: 'epochs', value: '50'},
    {name: 'minAccuracy', value: '1.10'},
    {name: 'name', value: '007'},
    {name: 'isDry', value: 'true'},
  ])
})

it('an empty file gives no parameters', () => {
  expect(parseParameters('# nothing yet\n', 'p')).toEqual([])
})

it.each([
  ['a list', '- a\n- b\n', 'the parameters file p is not a mapping of parameter names to values'],
  ['a nested mapping', 'a:\n  b: 1\n', 'the parameters file p gives "a" no single value'],
  ['a null', 'a:\n', 'the parameters file p gives "a" no single value'],
  ['what is not YAML', 'a: 1\nb: [1\n', 'the parameters file p has a mistake in line'],
])('%s is refused', (_name, text, message) => {
  expect(() => parseParameters(text, 'p')).toThrow(message)
})

it('a missing file and a folder are told apart', async () => {
  const directory = tempDir({'f/x': ''})
  await expect(readParametersFile('none.yaml', directory)).rejects.toMatchObject({
    exit: 64,
    message: 'the parameters file none.yaml does not exist',
  })
  await expect(readParametersFile('f', directory)).rejects.toThrow('the parameters file f is a folder')
})
