// What a spec is once it is read: typed, with the place of everything, and no meaning yet.

import type {Range} from '../diagnostics/diagnostic.ts'
import type {SpecDuration} from '../text/duration.ts'
import type {Entry} from './fields.ts'
import type {CacheSpec, InstanceSpec, RetrySpec} from './shapes.ts'
import type {ConditionFields} from './steps/condition.ts'
import type {FailFields} from './steps/fail.ts'
import type {ModelFields} from './steps/model.ts'
import type {ProcessingFields} from './steps/processing.ts'
import type {RegisterFields} from './steps/register.ts'
import type {TrainingFields} from './steps/training.ts'
import type {Located, Value} from './value.ts'

export type ParameterTypeName = 'String' | 'Integer' | 'Float' | 'Boolean'
export type ParameterValue = string | number | boolean

export type ParameterSpec = {
  readonly name: string
  readonly nameRange: Range
  readonly type: ParameterTypeName
  readonly default: ParameterValue | undefined
  readonly defaultRange: Range | undefined
  readonly choices: readonly string[] | undefined
  readonly description: string | undefined
}

export type TargetSpec = {
  readonly name: string
  readonly nameRange: Range
  readonly region: Located<string> | undefined
  readonly account: Located<string> | undefined
  readonly role: Located<string> | undefined
  readonly bucket: Located<string> | undefined
  readonly profile: Located<string> | undefined
  readonly isDefault: boolean
  readonly parameters: readonly Entry<Located<ParameterValue>>[]
}

/** Where each key of a mapping stands. */
export type KeyRanges = ReadonlyMap<string, Range>

export type DefaultsSpec = {
  readonly image: Value | undefined
  readonly instance: InstanceSpec | undefined
  readonly role: Value | undefined
  readonly env: readonly Entry<Value>[] | undefined
  readonly timeout: Located<SpecDuration> | undefined
  readonly cache: CacheSpec | undefined
  readonly retry: readonly RetrySpec[] | undefined
  readonly fingerprint: Located<boolean> | undefined
  readonly keyRanges: KeyRanges
}

type StepOf<Kind extends string, Fields> = Fields & {
  readonly kind: Kind
  readonly name: string
  readonly nameRange: Range
  readonly range: Range
  readonly keyRanges: KeyRanges
}

export type ProcessingSpec = StepOf<'processing', ProcessingFields>
export type TrainingSpec = StepOf<'training', TrainingFields>
export type ModelSpec = StepOf<'model', ModelFields>
export type RegisterSpec = StepOf<'register', RegisterFields>
export type ConditionSpec = StepOf<'condition', ConditionFields>
export type FailSpec = StepOf<'fail', FailFields>

export type StepSpec = ProcessingSpec | TrainingSpec | ModelSpec | RegisterSpec | ConditionSpec | FailSpec

export type PipelineSpec = {
  readonly name: Located<string> | undefined
  readonly description: Located<string> | undefined
  readonly parameters: readonly ParameterSpec[]
  readonly defaults: DefaultsSpec
  readonly steps: readonly StepSpec[]
  /** Names of steps that were wrong beyond reading; references to them are not reported again. */
  readonly unreadSteps: readonly string[]
  readonly targets: readonly TargetSpec[]
}
