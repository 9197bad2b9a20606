// What a step kind's lift is given and gives. A lift is best effort: what it leaves out, or says differently from the
// compiler, is written under `api:` and `definition:` by the importer.

import type {ExactNumber, Json, JsonObject} from '../definition/json.ts'

/** A value as it will stand in the YAML. */
export type SpecValue = null | boolean | number | string | ExactNumber | readonly SpecValue[] | SpecMap
export type SpecMap = {readonly [key: string]: SpecValue}

export type LiftContext = {
  /** A JSON value of the definition as a value of the spec: references become `${...}`. */
  value(json: Json): SpecValue
  /** The same for a place where the compiler wants a text (`compileText`): numbers in quotes come out bare, casts go. */
  text(json: Json): SpecValue
  /** The flat steps of the definition by name, for short references to other steps. */
  readonly steps: ReadonlyMap<string, JsonObject>
}

/**
 * Short keys of the step, without type, dependsOn, displayName, description, cache, retry, api and definition: those are
 * added by the importer.
 */
export type Lift = (step: JsonObject, context: LiftContext) => SpecMap
