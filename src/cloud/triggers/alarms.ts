// CloudWatch's metric alarms through the AWS SDK.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import type {AlarmDocument} from '../../trigger/documents.ts'
import {call, orUndefined} from '../call.ts'
import {equipped} from '../client-middleware.ts'
import {type CloudOptions, clientSettings} from '../client-options.ts'
import {defined} from '../fields.ts'
import type {Alarm, AlarmsPort} from '../trigger-ports.ts'
import {tagMembers} from './tags.ts'

export function alarmsPort(options: CloudOptions): AlarmsPort {
  const settings = clientSettings(options, `monitoring.${options.region}.amazonaws.com`)
  const client = equipped(new CloudWatchClient(settings), options)

  async function find(name: string): Promise<Alarm | undefined> {
    const command = new DescribeAlarmsCommand({AlarmNames: [name], AlarmTypes: ['MetricAlarm']})
    const {MetricAlarms = []} = await call('DescribeAlarms', client.send(command))
    const alarm = MetricAlarms.find(({AlarmName}) => AlarmName === name)
    return alarm && alarmOf(alarm)
  }

  return {
    find,
    async put(document) {
      const standing = await find(document.name)
      await call('PutMetricAlarm', client.send(new PutMetricAlarmCommand(alarmMembers(document))))
      // The tags of an alarm that is there are passed over (CloudWatch API Reference, PutMetricAlarm).
      if (!standing || document.tags.length === 0) return
      const tags = {ResourceARN: standing.arn, Tags: tagMembers(document.tags)}
      await call('TagResource', client.send(new TagResourceCommand(tags)))
    },
    async remove(name) {
      await orUndefined(call('DeleteAlarms', client.send(new DeleteAlarmsCommand({AlarmNames: [name]}))))
    },
  }
}

function alarmOf(alarm: MetricAlarm): Alarm {
  const {AlarmName = '', AlarmArn = '', Namespace = '', MetricName = '', Dimensions = []} = alarm
  return {
    name: AlarmName,
    arn: AlarmArn,
    namespace: Namespace,
    metric: MetricName,
    dimensions: Dimensions.map(({Name = '', Value = ''}) => ({name: Name, value: Value})),
    threshold: alarm.Threshold ?? 0,
    periodSeconds: alarm.Period ?? 0,
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    ...defined({description: alarm.AlarmDescription}),
  }
}

/** A monitor sends a value a run: a period without one is a good one, so that the next drift is a change of state, and an event, again. */
function alarmMembers(document: AlarmDocument) {
  const {name, description, namespace, metric, dimensions, threshold, periodSeconds, tags} = document
  return {
    AlarmName: name,
    AlarmDescription: description,
    Namespace: namespace,
    MetricName: metric,
    Dimensions: dimensions.map((dimension) => ({Name: dimension.name, Value: dimension.value})),
    Statistic: 'Maximum' as const,
    ComparisonOperator: 'GreaterThanThreshold' as const,
    Threshold: threshold,
    Period: periodSeconds,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    ...(tags.length === 0 ? {} : {Tags: tagMembers(tags)}),
  }
}
