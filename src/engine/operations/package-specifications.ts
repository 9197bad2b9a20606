// The additional inference specifications of a model package: as many as there may be, each under a name of its own.

import type {JsonObject} from '../../definition/json.ts'
import {textAt} from '../../definition/json-members.ts'
import {mostAdditionalSpecifications} from '../validations/serving/package-members.ts'

/** Why a package cannot have all of these. The rules are documented, the service's wording is not. */
export function refuseSpecifications(specifications: readonly JsonObject[]): string | undefined {
  const names = specifications.map((specification) => textAt(specification, 'Name'))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    return `The names of additional inference specifications must be unique in a model package; "${twice}" is there twice.`
  }
  if (names.length <= mostAdditionalSpecifications) return undefined
  return `A model package can have at most ${mostAdditionalSpecifications} additional inference specifications; these are ${names.length}.`
}
