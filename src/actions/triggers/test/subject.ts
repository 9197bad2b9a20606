// What is tested: the triggers that a spec declares, or a bare pattern.

import {arn} from '../../../access/place.ts'
import type {ParameterDefinition} from '../../../definition/types.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {parsePattern} from '../../../events/pattern.ts'
import type {Target} from '../../../project/target.ts'
import {suggestName} from '../../../text/nearest-name.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {nextCommand} from '../../next-commands.ts'
import {openProject, type Project, type ProjectInput} from '../../open-project.ts'
import type {World} from '../../world.ts'
import {readGiven} from './read-given.ts'

export type Subject = {
  readonly triggers: readonly Trigger[]
  readonly pipelineName: string
  readonly parameters: readonly ParameterDefinition[]
  /** Absent for a bare pattern. */
  readonly project?: Project
}

export type SubjectInput = ProjectInput & {
  /** All triggers when absent. */
  readonly name?: string | undefined
  /** A file, `-`, or the JSON itself; nothing else is read then. */
  readonly pattern?: string | undefined
}

export async function openSubject(input: SubjectInput, world: World): Promise<Subject> {
  if (input.pattern === undefined) return declared(input, world)
  if (input.name !== undefined) {
    throw new MlpipeError({
      code: 'usage',
      message: `a pattern is tried by itself: leave out --pattern, or the name "${input.name}"`,
    })
  }
  return barePattern(input.pattern, world)
}

async function declared(input: SubjectInput, world: World): Promise<Subject> {
  const project = await openProject(input, world)
  world.reporter.report({kind: 'diagnostics', diagnostics: project.warnings, source: project.source})
  const {compiled, pipelineName} = project
  return {
    triggers: chosen(compiled.triggers, input, project),
    pipelineName,
    parameters: compiled.definition.Parameters,
    project,
  }
}

function chosen(triggers: readonly Trigger[], input: SubjectInput, {specPath}: Project): readonly Trigger[] {
  if (triggers.length === 0) {
    throw new MlpipeError({
      code: 'no-triggers',
      message: `${specPath} declares no trigger`,
      nextSteps: ['mlpipe explain triggers', 'mlpipe trigger test --pattern pattern.json  (a pattern without a spec)'],
    })
  }
  if (input.name === undefined) return triggers
  const found = triggers.filter(({name}) => name === input.name)
  if (found.length > 0) return found
  const names = triggers.map(({name}) => name)
  throw new MlpipeError({
    code: 'unknown-trigger',
    message: `${specPath} declares no trigger "${input.name}": ${suggestName(input.name, names)}`,
    nextSteps: [nextCommand('trigger test', input)],
  })
}

async function barePattern(given: string, world: World): Promise<Subject> {
  const {text, shown} = await readGiven(given, 'pattern', world.cwd)
  const parsed = parsePattern(text)
  if (parsed.kind === 'invalid') {
    throw new MlpipeError({
      code: 'invalid-pattern',
      message: `EventBridge refuses the pattern (${shown}): Event pattern is not valid. Reason: ${parsed.reason}`,
    })
  }
  const source = {kind: 'event', pattern: text} as const
  const trigger = {name: 'pattern', origin: 'command-line', isEnabled: true, source, parameters: []} as const
  return {triggers: [trigger], pipelineName: 'pipeline', parameters: []}
}

/** Those of AWS's own examples, where neither target nor event says which. */
const someAccount = '111122223333'
const someRegion = 'us-east-1'

export type EventPlace = {readonly account?: string | undefined; readonly region?: string | undefined}

/** The ARN that the pipeline has, or would have: nobody is asked, so what the target leaves open is taken from the event. */
export function pipelineArnOf({pipelineName, project}: Subject, event: EventPlace = {}): string {
  const target: Partial<Target> = project?.target ?? {}
  const place = {
    region: target.region || event.region || someRegion,
    account: target.account || event.account || someAccount,
  }
  return arn(place, 'sagemaker', `pipeline/${pipelineName.toLowerCase()}`)
}
