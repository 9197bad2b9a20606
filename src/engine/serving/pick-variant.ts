// Which variant of an endpoint answers a request: the one that the request names, else by weight (CreateEndpointConfig,
// InitialVariantWeight: "the ratio of the VariantWeight to the sum of all VariantWeight values across all ProductionVariants").

import type {JsonObject} from '../../definition/json.ts'
import {objectsAt} from '../../definition/json-members.ts'
import type {DeployedVariant} from '../store/serving.ts'

/** `described` is what describing the endpoint shows; `share` is at least 0 and below 1. */
export function pickVariant(
  variants: readonly DeployedVariant[],
  described: JsonObject,
  target: string | undefined,
  share: number,
): DeployedVariant | undefined {
  if (target !== undefined) return variants.find(({name}) => name === target)
  const weights = new Map(objectsAt(described, 'ProductionVariants').map((one) => [one.VariantName, one.CurrentWeight]))
  const weighted = variants.map((variant) => ({variant, weight: Number(weights.get(variant.name) ?? 0)}))
  const sum = weighted.reduce((total, {weight}) => total + weight, 0)
  let left = share * sum
  for (const {variant, weight} of weighted) {
    left -= weight
    if (left < 0) return variant
  }
  // Nothing weighs anything: there is no ratio to go by.
  return variants[Math.floor(share * variants.length)]
}
