// What a spec is once it is read: typed, with the place of everything, and no meaning yet.

import type {Range} from '../diagnostics/diagnostic.ts'
import type {SpecDuration} from '../text/duration.ts'
import type {Entry, Read} from './fields.ts'
import type {KeyRanges} from './node.ts'
import type {LocalSpec} from './shapes/local.ts'
import type {RetrySpec} from './shapes/retry.ts'
import type {CacheSpec, InstanceSpec, jobFields} from './shapes/shapes.ts'
import type {StepKindName, stepKinds} from './step-kinds.ts'
import type {TriggerSpec} from './triggers/parse-triggers.ts'
import type {Located, MapValue, Value} from './value.ts'

export type ParameterTypeName = 'String' | 'Integer' | 'Float' | 'Boolean'
export type ParameterValue = string | number | boolean

/** A value, how it was written, and where. */
export type WrittenValue = Located<ParameterValue> & {readonly text: string}

export type ParameterSpec = {
  readonly name: string
  readonly nameRange: Range
  readonly type: ParameterTypeName
  readonly default: WrittenValue | undefined
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
  readonly parameters: readonly Entry<WrittenValue>[]
}

export type DefaultsSpec = {
  readonly image: Value | undefined
  readonly instance: InstanceSpec | undefined
  readonly role: Value | undefined
  readonly env: readonly Entry<Value>[] | undefined
  readonly timeout: Located<SpecDuration> | undefined
  readonly cache: CacheSpec | undefined
  readonly retry: readonly RetrySpec[] | undefined
  readonly fingerprint: Located<boolean> | undefined
  readonly local: LocalSpec | undefined
  readonly keyRanges: KeyRanges
}

/** What each step has besides the keys of its kind. */
type StepBase<Kind extends StepKindName> = {
  readonly kind: Kind
  readonly name: string
  readonly nameRange: Range
  readonly range: Range
  readonly keyRanges: KeyRanges
}

/** A step of one kind. */
export type StepOf<Kind extends StepKindName> = Read<(typeof stepKinds)[Kind]> & StepBase<Kind>

/** A step of any kind that runs a job. */
export type JobSpec = Read<typeof jobFields> & Pick<StepBase<StepKindName>, 'name' | 'nameRange' | 'keyRanges'>

export type ProcessingSpec = StepOf<'processing'>
export type TrainingSpec = StepOf<'training'>
export type ModelSpec = StepOf<'model'>
export type RegisterSpec = StepOf<'register'>
export type ConditionSpec = StepOf<'condition'>
export type FailSpec = StepOf<'fail'>

export type StepSpec = {[Kind in StepKindName]: StepOf<Kind>}[StepKindName]

export type ExperimentSpec = {
  readonly name: Value | undefined
  readonly trial: Value | undefined
  readonly range: Range
}
export type MlflowSpec = {
  readonly server: Value | undefined
  readonly experiment: Value | undefined
  readonly range: Range
}

export type PipelineSpec = {
  readonly name: Located<string> | undefined
  readonly description: Located<string> | undefined
  readonly tags: readonly Entry<Located<string>>[]
  /** How many steps may run at the same time. */
  readonly parallelism: Located<number> | undefined
  readonly experiment: ExperimentSpec | undefined
  readonly mlflow: MlflowSpec | undefined
  readonly parameters: readonly ParameterSpec[]
  readonly defaults: DefaultsSpec
  readonly steps: readonly StepSpec[]
  /** Names of steps that were wrong beyond reading; references to them are not reported again. */
  readonly unreadSteps: readonly string[]
  readonly targets: readonly TargetSpec[]
  readonly triggers: readonly TriggerSpec[]
  /** Merged last into the definition. */
  readonly definition: MapValue | undefined
}
