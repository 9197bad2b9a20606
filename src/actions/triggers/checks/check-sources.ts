// What triggers wait for, besides buckets: the monitor, the alarm, the pipeline, the model package group. What is not there yet
// may come, and is a warning; an alarm that is named has to be there.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {suggestName} from '../../../text/nearest-name.ts'
import type {DriftSource, ModelSource, PipelineSource, Trigger} from '../../../trigger/trigger.ts'

export async function checkSource({name, source}: Trigger, pipelineArn: string, cloud: Cloud): Promise<string[]> {
  switch (source.kind) {
    case 'drift':
      return [...(await monitorWarnings(name, source, cloud)), ...(await alarmWarnings(name, source, cloud))]
    case 'pipeline':
      return orUnseen(`the pipeline ${source.pipeline}`, () => upstreamWarnings(name, source, pipelineArn, cloud))
    case 'model':
      return orUnseen(`the model package group ${source.group}`, () => groupWarnings(name, source, cloud))
    default:
      return []
  }
}

function monitorWarnings(name: string, {monitor, by}: DriftSource, {monitors}: Cloud): Promise<string[]> {
  return orUnseen(`the monitoring schedule ${monitor}`, async () => {
    const found = await monitors.find(monitor)
    if (!found)
      return [`there is no monitoring schedule "${monitor}" yet: trigger ${name} does not fire before there is one`]
    if (found.publishesMetrics !== false || by.kind !== 'alarm') return []
    return [
      `the monitoring schedule "${monitor}" sends no metrics to CloudWatch, so that no alarm on them goes off: set publish_cloudwatch_metrics to Enabled in the environment of its job`,
    ]
  })
}

async function alarmWarnings(name: string, {by}: DriftSource, {alarms}: Cloud): Promise<string[]> {
  if (by.kind !== 'alarm' || by.made) return []
  return orUnseen(`the alarm ${by.alarmName}`, async () => {
    if (await alarms.find(by.alarmName)) return []
    throw new MlpipeError({
      code: 'no-such-alarm',
      message: `there is no CloudWatch alarm "${by.alarmName}", which trigger ${name} waits for`,
      nextSteps: [
        'give its exact name: aws cloudwatch describe-alarms --query "MetricAlarms[].AlarmName"',
        'or leave alarm: out, and give threshold: with feature: or metric:, of which one is made',
      ],
    })
  })
}

/** Only of a pipeline in the same account and region can it be told. */
async function upstreamWarnings(
  name: string,
  {pipeline}: PipelineSource,
  pipelineArn: string,
  {pipelines}: Cloud,
): Promise<string[]> {
  const [prefix = ''] = pipelineArn.split('pipeline/')
  if (pipeline.startsWith('arn:') && !pipeline.startsWith(prefix)) return []
  const found = await pipelines.describe(pipeline.slice(pipeline.lastIndexOf('/') + 1))
  return found ? [] : [`there is no pipeline "${pipeline}" yet: trigger ${name} does not fire before it runs`]
}

async function groupWarnings(name: string, {group}: ModelSource, {registry}: Cloud): Promise<string[]> {
  const groups = (await registry.groups()).map((one) => one.name)
  if (groups.includes(group)) return []
  const help = suggestName(group, groups)
  const warning = `there is no model package group "${group}" yet: trigger ${name} does not fire before a model is registered there`
  return [help?.startsWith('did you mean') ? `${warning}; ${help}` : warning]
}

/** It is good to know, and no more: who may make triggers need not be allowed to look at everything that they wait for. */
async function orUnseen(what: string, look: () => Promise<string[]>): Promise<string[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof MlpipeError)) throw error
    if (error.code === 'unknown-operation') return []
    if (error.who === 'service') return [`whether ${what} is there could not be looked at: ${error.message}`]
    throw error
  }
}
