// What compiling needs besides the spec, and what it gives back. Everything comes in as data: compiling is a pure function.

import type {Json, JsonObject} from '../definition/json.ts'
import type {CacheConfig, PipelineDefinition, PropertyFile} from '../definition/types.ts'
import type {DiagnosticCollector, Range} from '../diagnostics/diagnostic.ts'
import type {ConditionSpec, DefaultsSpec, ParameterSpec, ParameterTypeName, StepSpec} from '../spec/pipeline-spec.ts'
import type {StepKindName} from '../spec/step-kinds.ts'
import type {TriggerSpec} from '../spec/triggers/parse-triggers.ts'
import type {PathPart, Reference} from '../spec/value.ts'
import type {Trigger, TriggerOrigin} from '../trigger/trigger.ts'
import type {Place, PlaceScope} from './place.ts'

export type CompileTarget = {
  readonly name: string
  readonly kind: 'local' | 'aws'
  readonly region: string
  readonly account?: string
  readonly role: string
  readonly bucket: string
}

/** The content of a local file or folder, as far as the definition depends on it. */
export type BundleContent = {
  readonly kind: 'file' | 'folder'
  readonly sha256: string
  /** Of names and contents, also for a single file: an archive holds both. */
  readonly listSha256: string
  readonly files: readonly {readonly name: string}[]
}

/** Local content that a step needs in S3. `archive` puts the files into one sourcedir.tar.gz. */
export type Upload = {
  readonly uri: string
  readonly path: string
  readonly form: 'file' | 'folder' | 'archive'
  readonly sha256: string
}

export type LocalPath = {readonly path: string; readonly use: 'code' | 'data'; readonly range: Range}

export type CompileInput = {
  readonly pipelineName: string
  readonly target: CompileTarget
  readonly env: Readonly<Record<string, string | undefined>>
  /** By the path as it stands in the spec. A path without a bundle was already reported. */
  readonly bundles: ReadonlyMap<string, BundleContent>
  /** Leaves out what looks at the finished definition: an import must also write what SageMaker would refuse. */
  readonly isUnchecked?: boolean
  /** Given for a spec that has triggers: others need not load what reads event patterns and schedules. */
  readonly compileTriggers?: CompileTriggers
  /** Given for a spec that has gates. */
  readonly compileGate?: CompileGate
}

/** The conditions of a gate; nothing where something was wrong, which is then reported. */
export type CompileGate = (step: ConditionSpec, scope: StepScope) => JsonObject[]

/** What compiling triggers needs besides their specs. */
export type TriggerScope = Pick<CompileInput, 'pipelineName' | 'target' | 'env'> & {
  /** What the triggers start. */
  readonly definition: PipelineDefinition
  readonly origin: TriggerOrigin
}

export type CompileTriggers = (
  specs: readonly TriggerSpec[],
  scope: TriggerScope,
  findings: DiagnosticCollector,
) => readonly Trigger[]

export type Compiled = {
  /** What is deployed: numbers with their own text. */
  readonly document: JsonObject
  /** The same with plain numbers, to be looked into. */
  readonly definition: PipelineDefinition
  /** ParallelismConfiguration: it goes beside the definition. */
  readonly parallelism: number | undefined
  /** Tags of the pipeline, as the spec has them. */
  readonly tags: Readonly<Record<string, string>>
  readonly uploads: readonly Upload[]
  /** Model package groups that the register steps name outright. */
  readonly modelPackageGroups: readonly string[]
  /** What starts executions, as the spec declares it. */
  readonly triggers: readonly Trigger[]
}

/** `type` is `Number` for a property that may be whole or not, `Unknown` where only the run can tell, as for values out of a report. */
export type Resolved = {readonly json: Json; readonly type: ParameterTypeName | 'Number' | 'Unknown'}

/** What a step kind adds to the step's name, description and dependencies. */
export type StepBody = {
  readonly Arguments: JsonObject
  readonly CacheConfig?: CacheConfig
  readonly RetryPolicies?: readonly JsonObject[]
  readonly PropertyFiles?: readonly PropertyFile[]
  /** What the step type has beside these, such as a Lambda's FunctionArn. */
  readonly members?: JsonObject
}

/** One step kind: one file under steps/. */
export type StepCompiler<S extends StepSpec> = {
  /** SageMaker's name of the step type. */
  readonly type: string
  /** Short names that references to such a step can use, most useful first; `NAME` stands for one of the user's. */
  readonly propertyNames: readonly string[]
  compile(step: S, scope: StepScope): StepBody
  /** What a short name stands for; `unknown` when there is none, undefined when it was wrong and is reported. */
  property(step: S, path: readonly PathPart[], reference: Reference, scope: StepScope): Resolved | 'unknown' | undefined
  /** What in the spec feeds which part of the Arguments; the longest path that fits counts. */
  places(step: S, scope: PlaceScope): readonly Place[]
}

/** An input whose data counts; `range` is what asks for it. */
export type Fingerprint = {
  readonly name: string
  readonly step: string
  readonly input: string
  readonly range: Range
}

/** The names that references can mean, and the findings so far. */
export type Scope = CompileInput & {
  readonly findings: DiagnosticCollector
  readonly compilers: Readonly<Record<StepKindName, StepCompiler<StepSpec>>>
  readonly parameters: ReadonlyMap<string, ParameterSpec>
  readonly steps: ReadonlyMap<string, StepSpec>
  readonly unreadSteps: ReadonlySet<string>
  /** Where the spec names the target. */
  readonly targetRange: Range
  readonly defaults: DefaultsSpec
  readonly uploads: Map<string, Upload>
  /** By the name of their parameter. Filled while steps are compiled. */
  readonly fingerprints: Map<string, Fingerprint>
  /** step → the steps it refers to, each with the place of the first reference. Filled while references are resolved. */
  readonly edges: Map<string, Map<string, Range>>
}

/** A scope with the step that is being compiled; its name is empty at the top of the spec. */
export type StepScope = Scope & {readonly stepName: string}
