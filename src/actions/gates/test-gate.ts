// Tries a gate on metrics that are given: the conditions of the compiled definition, decided as they are in an execution. Asks no
// target, unless the champion is named by its version.

import type {Cloud} from '../../cloud/ports.ts'
import {type ChampionGate, championGates, conditionsOf} from '../../definition/champion-thresholds.ts'
import {describeCondition} from '../../definition/condition-words.ts'
import {type ConditionResult, evaluateCondition, evaluateConditions} from '../../definition/conditions.ts'
import type {Resolver} from '../../definition/evaluate.ts'
import {branchSteps, flattenSteps} from '../../definition/flat-steps.ts'
import type {Json} from '../../definition/json.ts'
import {collectReferences, formatReference} from '../../definition/references.ts'
import type {ParameterDefinition, PipelineDefinition, StepDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import {explainCondition} from '../executions/decided-conditions.ts'
import {readableDefinition} from '../forecast/next-run.ts'
import {typedParameters} from '../forecast/run-history.ts'
import {resolveModel} from '../models/resolve-model.ts'
import {nextCommand} from '../next-commands.ts'
import {openProject, type Project, type ProjectInput} from '../open-project.ts'
import {givenParameters, type ParametersInput} from '../parameters/given-parameters.ts'
import type {World} from '../world.ts'
import {type Champion, readChampion} from './champion.ts'
import {type GivenChampion, readGivenChampion} from './given-champion.ts'
import {type GivenReports, givenReports, reportText} from './given-reports.ts'
import {championObject} from './keep-champions.ts'
import {gateState} from './look-at-gates.ts'
import {whatItHas} from './near-metrics.ts'

export type GateTestInput = ProjectInput &
  ParametersInput & {
    readonly gate?: string | undefined
    /** A file, or `report=file` where several reports are read. */
    readonly metrics: readonly string[]
    /** A number, a file, `group/version`, or `none`. */
    readonly champion?: string | undefined
  }

export type GateTestResult = {
  readonly formatVersion: 1
  readonly file: string
  readonly pipeline: string
  readonly gate: string
  /** `failed`: a requirement does not hold, or the step itself would fail. */
  readonly outcome: 'passed' | 'failed'
  /** Why the condition could not be decided: the step would fail, and with it the execution. */
  readonly stepFails?: string
  /** The steps that would run. */
  readonly branch: {readonly side: 'then' | 'else'; readonly steps: readonly string[]} | null
  readonly requirements: readonly {
    /** As the spec has it. */
    readonly requirement: string
    /** Absent when it cannot be told. */
    readonly holds?: boolean
    /** With the values that are compared, where two are. */
    readonly told: string
    readonly left?: Json
    readonly sign?: string
    readonly right?: Json
  }[]
}

export async function testGate(input: GateTestInput, world: World): Promise<GateTestResult> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const definition = readableDefinition(project.definitionText, 'the spec')
  const step = chooseGate(input.gate, definition, project)
  const gate = championGates(definition).find((one) => one.step === step.Name)
  const given = await givenParameters(input, neededParameters(definition, step), world, 'the spec')
  const parameters = typedParameters(definition, given)
  const reports = await givenReports(input.metrics, readFiles(step), input, world)
  const champion = await championOf(gate, input, project, world)
  const documents = new Map<string, Json>()
  if (gate) documents.set(gate.uri, championObject(gateState(gate, gate.requirements[0]?.group ?? '', champion)))
  const resolver = testResolver(parameters, reports, documents)
  return {formatVersion: 1, file: project.specPath, pipeline: project.pipelineName, ...judge(step, resolver, reports)}
}

type Judged = Pick<GateTestResult, 'gate' | 'outcome' | 'stepFails' | 'branch' | 'requirements'>

function judge(step: StepDefinition, resolver: Resolver, reports: GivenReports): Judged {
  const conditions = conditionsOf(step)
  const result = evaluateConditions(conditions, resolver)
  const requirements = conditions.map((condition) => tellRequirement(condition, step.Name, resolver, reports))
  const passes = result.kind === 'known' && result.value
  const fails = result.kind === 'known' ? undefined : whyUndecided(result, reports)
  const side = passes ? 'then' : 'else'
  const steps = branchSteps(step, passes ? 'IfSteps' : 'ElseSteps').map(({Name}) => Name)
  return {
    gate: step.Name,
    outcome: passes ? 'passed' : 'failed',
    ...(fails === undefined ? {} : {stepFails: fails}),
    branch: fails === undefined ? {side, steps} : null,
    requirements,
  }
}

function tellRequirement(
  condition: Json,
  stepName: string,
  resolver: Resolver,
  reports: GivenReports,
): GateTestResult['requirements'][number] {
  const requirement = describeCondition(condition, stepName)
  const explained = explainCondition(condition, stepName, resolver)
  if (explained) {
    const {left, sign, right, holds, told} = explained
    return {requirement, holds, told, left, sign, right}
  }
  const result = evaluateCondition(condition, resolver)
  if (result.kind === 'known') return {requirement, holds: result.value, told: requirement}
  return {requirement, told: `${requirement}: ${whyUndecided(result, reports)}`}
}

function whyUndecided(result: Exclude<ConditionResult, {kind: 'known'}>, reports: GivenReports): string {
  if (result.kind === 'fault') return result.message
  return result.reasons.map((reason) => readableReason(reason, reports)).join('; ')
}

/** The evaluation tells what is missing by SageMaker's names; here it is a file, and what it has instead can be said. */
function readableReason(reason: string, reports: GivenReports): string {
  const [, metric = '', source = ''] = /^"(.*)" is not in (Steps\..*)$/.exec(reason) ?? []
  const report = reports.get(source)
  if (report?.document === undefined) return reason
  return `${metric} is not in ${report.shown}, ${whatItHas(metric, report.document, reportText(source))}`
}

function testResolver(
  parameters: ReadonlyMap<string, Json>,
  reports: GivenReports,
  documents: ReadonlyMap<string, Json>,
): Resolver {
  return (reference) => {
    const text = formatReference(reference)
    if (reference.kind === 'propertyFile') {
      const report = reports.get(text)
      if (report?.document !== undefined) return {kind: 'known', value: report.document}
      return {kind: 'unknown', reason: report?.problem ?? `only the run can tell ${text}`}
    }
    const value = reference.kind === 'parameter' ? parameters.get(reference.name) : documents.get(text)
    return value === undefined ? {kind: 'unknown', reason: `only the run can tell ${text}`} : {kind: 'known', value}
  }
}

/** Only what the condition reads has to be given where it has no default. */
function neededParameters({Parameters: declared}: PipelineDefinition, step: StepDefinition): ParameterDefinition[] {
  const references = collectReferences(conditionsOf(step))
  const read = new Set(references.flatMap((one) => (one.kind === 'parameter' ? [one.name] : [])))
  return declared.map((one) => (read.has(one.Name) ? one : {...one, DefaultValue: one.DefaultValue ?? ''}))
}

/** The texts of the Gets that name the reports which a condition reads. */
function readFiles(step: StepDefinition): string[] {
  const references = collectReferences(conditionsOf(step))
  return [...new Set(references.filter(({kind}) => kind === 'propertyFile').map(formatReference))]
}

function chooseGate(wanted: string | undefined, definition: PipelineDefinition, project: Project): StepDefinition {
  const conditions = flattenSteps(definition).flatMap(({step}) => (step.Type === 'Condition' ? [step] : []))
  const names = conditions.map(({Name}) => Name)
  if (wanted !== undefined) {
    const found = conditions.find(({Name}) => Name === wanted)
    if (found) return found
    const known = names.length === 0 ? 'the spec has none' : suggestName(wanted, names)
    throw new MlpipeError({code: 'unknown-gate', message: `"${wanted}" is not a condition here: ${known}`})
  }
  const gated = project.spec.steps.flatMap((step) => (step.kind === 'condition' && step.gate ? [step.name] : []))
  const meant = conditions.filter(({Name}) => gated.length === 0 || gated.includes(Name))
  const [only, second] = meant
  if (only && !second) return only
  const message = only ? `which gate? ${meant.map(({Name}) => Name).join(', ')}` : 'the spec has no condition'
  throw new MlpipeError({
    code: 'unknown-gate',
    message,
    nextSteps: meant.map(({Name}) => `mlpipe gate test ${Name} --metrics FILE`),
  })
}

async function championOf(
  gate: ChampionGate | undefined,
  input: GateTestInput,
  project: Project,
  world: World,
): Promise<Champion | undefined> {
  if (!gate) {
    if (input.champion === undefined) return undefined
    throw new MlpipeError({code: 'usage', message: 'the gate asks nothing of the champion: leave --champion out'})
  }
  const metrics = [...new Set(gate.requirements.map(({metric}) => metric))]
  if (input.champion === undefined) {
    const [first = 'accuracy'] = metrics
    const test = (value: string) => nextCommand(`gate test ${gate.step} --metrics FILE --champion ${value}`, input)
    throw new MlpipeError({
      code: 'usage',
      message: `gate "${gate.step}" asks for the champion: say what it came to`,
      nextSteps: [
        `${test('0.95')}  (its ${first})`,
        `${test('champion.json')}  (its metrics)`,
        `${test(`${gate.requirements[0]?.group}/1`)}  (a registered version)`,
        test('none'),
      ],
    })
  }
  const given: GivenChampion = await readGivenChampion(input.champion, metrics, input, world)
  if (given.kind !== 'version') return given.champion
  const {cloud} = await connect(project.target, input, world)
  return registeredChampion(given.model, metrics, project.pipelineName, cloud, input)
}

async function registeredChampion(
  model: string,
  metrics: readonly string[],
  pipelineName: string,
  cloud: Cloud,
  place: ProjectInput,
): Promise<Champion> {
  const {arn} = await resolveModel(model, pipelineName, cloud, place)
  return readChampion(arn, metrics, cloud)
}
