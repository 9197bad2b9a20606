// Answers a callback step: with success and the outputs that it declares, or with failure and a reason.

import type {CallbackAnswer, Cloud, NameValue} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../text/nearest-name.ts'
import {connect} from '../connect.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import {splitParameter} from '../parameters/start-parameters.ts'
import type {World} from '../world.ts'
import {callbackCommand} from './callback-command.ts'
import {outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId, pipelineOfExecution} from './execution-arn.ts'
import {requirePipeline} from './resolve-execution.ts'

export type CallbackInput = Place & {
  /** A token, or the name of a step; the only callback that waits when absent. */
  readonly callback?: string | undefined
  /** `name=value`, as given on the command line. */
  readonly outputs: readonly string[]
  /** Given: the step has failed, for this reason. */
  readonly fail?: string | undefined
}

export type CallbackResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly execution: string
  readonly arn: string
  readonly token: string
  /** Absent when the token belongs to no execution that was looked at. */
  readonly step?: string
  readonly answer: 'success' | 'failure'
  readonly outputs: readonly NameValue[]
  readonly reason?: string
  readonly next: readonly string[]
}

type Waiting = {
  readonly arn: string
  readonly step: string
  readonly token: string
  readonly declared: readonly string[]
}

/** How many executions are looked through for callbacks that wait. */
const searched = 50

const tokenPattern = /^[A-Za-z0-9]{10}$/

export async function answerCallback(input: CallbackInput, world: World): Promise<CallbackResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const found = await findWaiting(input, pipelineName, cloud)
  const answer = readAnswer(input, found)
  const token = found?.token ?? input.callback ?? ''
  const arn = await cloud.executions.answerCallback(token, answer, world.newToken())
  const execution = executionId(arn)
  return {
    formatVersion: 1,
    pipeline: pipelineOfExecution(arn) ?? pipelineName,
    target: target.name,
    execution,
    arn,
    token,
    ...(found ? {step: found.step} : {}),
    answer: answer.kind,
    outputs: answer.kind === 'success' ? answer.outputs : [],
    ...(answer.kind === 'failure' && answer.reason !== undefined ? {reason: answer.reason} : {}),
    next: [nextCommand(`executions show ${execution}`, input)],
  }
}

/** Undefined for a token that is of none of the pipeline's executions: the service is asked about it all the same. */
async function findWaiting(input: CallbackInput, pipelineName: string, cloud: Cloud): Promise<Waiting | undefined> {
  const {callback: wanted} = input
  await requirePipeline(pipelineName, cloud, input)
  const waiting = await listWaiting(pipelineName, cloud)
  const matches = waiting.filter(({token, step}) => wanted === undefined || token === wanted || step === wanted)
  const [only, ...others] = matches
  if (only && others.length === 0) return only
  if (only) {
    const shown = matches.map(({step, token, arn}) => `${token} (${step} of ${executionId(arn)})`).join(', ')
    const message = `several callbacks wait: ${shown}; name one by its token`
    throw new MlpipeError({code: 'ambiguous-callback', message})
  }
  if (wanted !== undefined && tokenPattern.test(wanted)) return undefined
  const what = wanted === undefined ? 'no callback' : `no callback "${wanted}"`
  const names = waiting.map(({step}) => step)
  const hint = wanted === undefined || names.length === 0 ? '' : `: ${suggestName(wanted, names)}`
  throw new MlpipeError({
    code: 'no-waiting-callback',
    message: `${what} of the pipeline "${pipelineName}" waits for an answer${hint}`,
    nextSteps: [nextCommand('executions show', input)],
  })
}

/** The callbacks that wait in executions that run, the newest execution first. */
async function listWaiting(pipelineName: string, cloud: Cloud): Promise<Waiting[]> {
  const executions = await cloud.executions.list(pipelineName, searched)
  const running = executions.filter(({status}) => status === 'Executing' || status === 'Stopping')
  const found: Waiting[] = []
  for (const {arn} of running) {
    const steps = (await cloud.executions.steps(arn)).filter(
      ({callback, endedAtMs}) => callback && endedAtMs === undefined,
    )
    if (steps.length === 0) continue
    const outline = outlineDefinition(readDefinition(await cloud.executions.definition(arn)))
    for (const {name, callback} of steps) {
      if (callback)
        found.push({arn, step: name, token: callback.token, declared: outline.types.get(name)?.outputs ?? []})
    }
  }
  return found
}

function readAnswer({outputs, fail, ...place}: CallbackInput, found: Waiting | undefined): CallbackAnswer {
  if (fail !== undefined) return {kind: 'failure', ...(fail === '' ? {} : {reason: fail})}
  const values = outputs.map((text) => {
    const pair = splitParameter(text)
    if (pair) return pair
    throw new MlpipeError({code: 'usage', message: `"${text}" is not name=value, as in --output decision=approved`})
  })
  if (found) checkOutputs(values, found, place)
  return {kind: 'success', outputs: values}
}

function checkOutputs(values: readonly NameValue[], {step, token, declared}: Waiting, place: Place): void {
  const unknown = values.find(({name}) => !declared.includes(name))
  if (unknown) {
    const has = declared.length === 0 ? 'it declares none' : suggestName(unknown.name, declared)
    throw new MlpipeError({code: 'usage', message: `"${unknown.name}" is no output of step "${step}": ${has}`})
  }
  const missing = declared.filter((name) => !values.some((value) => value.name === name))
  if (missing.length === 0) return
  throw new MlpipeError({
    code: 'usage',
    message: `step "${step}" declares ${declared.join(', ')} as its outputs: ${missing.join(', ')} not given`,
    nextSteps: [callbackCommand(token, declared, place)],
  })
}
