// The parameter values of a command line: a file, with single values over it, checked against a definition.

import type {NameValue} from '../../cloud/ports.ts'
import type {ParameterDefinition} from '../../definition/types.ts'
import type {World} from '../world.ts'
import {readParametersFile} from './parameters-file.ts'
import {checkStartParameters, splitParameter} from './start-parameters.ts'

export type ParametersInput = {
  /** `name=value`, as given on the command line. */
  readonly parameters: readonly string[]
  readonly parametersFile?: string | undefined
}

/** Everything that is wrong with them is told in one usage error. */
export async function givenParameters(
  {parameters, parametersFile}: ParametersInput,
  declared: readonly ParameterDefinition[],
  world: Pick<World, 'cwd'>,
  whose?: 'the deployed pipeline' | 'the spec',
): Promise<NameValue[]> {
  const fromFile = parametersFile === undefined ? [] : await readParametersFile(parametersFile, world.cwd)
  const pairs = parameters.map((text) => ({text, pair: splitParameter(text)}))
  const wrong = pairs.filter(({pair}) => pair === undefined)
  return checkStartParameters(
    declared,
    [...fromFile, ...pairs.flatMap(({pair}) => pair ?? [])],
    wrong.map(({text}) => `"${text}" is not name=value, as in --param epochs=50`),
    whose,
  )
}
