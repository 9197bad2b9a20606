// CloudWatch over a socket, asked by clients that nobody of mlpipe wrote: new ones speak JSON, older ones the query protocol.

import {describe, expect, it} from 'vitest'
import {
  clientEnv,
  findAwsCli,
  findAwsClis,
  findPython,
  findPythons,
  isMissing,
  runAws,
  runPython,
} from '../../support/aws-clients.ts'
import {ask, served, signedFor} from '../support/served.ts'

const arn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:drift'

describe.skipIf(isMissing(findPython(), 'boto3', 'CloudWatch with boto3'))('boto3', () => {
  it.each(findPythons())('puts alarms and data: %s', {timeout: 120_000}, async (python) => {
    const {endpoint} = await served()
    const script = `
cloudwatch = client("cloudwatch")
def fault(call, **request):
    try:
        call(**request)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
dimensions = [{"Name": "MonitoringSchedule", "Value": "daily"}]
metric = {"Namespace": "aws/sagemaker/Endpoints/data-metrics", "MetricName": "drift", "Dimensions": dimensions}
out = {}
for name in ["drift", "other", "third"]:
    cloudwatch.put_metric_alarm(AlarmName=name, Statistic="Maximum", Period=3600, EvaluationPeriods=1, Threshold=0.25,
        ComparisonOperator="GreaterThanThreshold", AlarmActions=[], Tags=[{"Key": "a", "Value": "1"}], **metric)
cloudwatch.put_metric_data(Namespace=metric["Namespace"], MetricData=[{"MetricName": "drift", "Dimensions": dimensions,
    "Value": 0.5, "Timestamp": __import__("datetime").datetime.now(__import__("datetime").timezone.utc)}])
alarm = cloudwatch.describe_alarms(AlarmNames=["drift"])["MetricAlarms"][0]
out["alarm"] = [alarm["AlarmArn"], alarm["StateValue"], alarm["Threshold"], alarm["Dimensions"], alarm["ActionsEnabled"]]
out["times"] = [type(alarm[name]).__name__ for name in ["StateUpdatedTimestamp", "AlarmConfigurationUpdatedTimestamp"]]
out["tags"] = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
pages = cloudwatch.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 2})
out["names"] = [alarm["AlarmName"] for page in pages for alarm in page["MetricAlarms"]]
cloudwatch.set_alarm_state(AlarmName="drift", StateValue="OK", StateReason="by hand")
out["ok"] = [alarm["AlarmName"] for alarm in cloudwatch.describe_alarms(StateValue="OK")["MetricAlarms"]]
cloudwatch.delete_alarms(AlarmNames=["drift", "other"])
out["faults"] = [
    fault(cloudwatch.delete_alarms, AlarmNames=["drift"]),
    fault(cloudwatch.list_tags_for_resource, ResourceARN="${arn}"),
    fault(cloudwatch.put_metric_alarm, AlarmName="x", EvaluationPeriods=1, ComparisonOperator="GreaterThanThreshold"),
    fault(cloudwatch.set_alarm_state, AlarmName="third", StateValue="OK", StateReason="x", StateReasonData="{"),
    fault(cloudwatch.put_metric_data, Namespace="n", MetricData=[{"MetricName": "m"}]),
]
print(json.dumps(out))
`
    const {stdout, stderr, exitCode} = await runPython(script, clientEnv(endpoint), python)
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      alarm: [arn, 'ALARM', 0.25, [{Name: 'MonitoringSchedule', Value: 'daily'}], true],
      times: ['datetime', 'datetime'],
      tags: [{Key: 'a', Value: '1'}],
      names: ['drift', 'other', 'third'],
      ok: ['drift'],
      faults: [
        ['ResourceNotFound', 404],
        ['ResourceNotFoundException', 404],
        ['ValidationError', 400],
        ['InvalidFormat', 400],
        ['MissingParameter', 400],
      ],
    })
  })
})

describe.skipIf(isMissing(findAwsCli(), 'aws', 'CloudWatch with the AWS CLI'))('the AWS CLI', () => {
  it.each(findAwsClis())('sets the state of an alarm: %s', {timeout: 120_000}, async (cli) => {
    const {endpoint} = await served()
    const aws = async (line: string) => {
      const ran = await runAws(['cloudwatch', ...line.split(' ')], clientEnv(endpoint), cli)
      expect(ran.stderr).toBe('')
      return ran.stdout.trim()
    }
    const metric = '--namespace n --metric-name m --statistic Maximum --period 60 --evaluation-periods 1'
    await aws(
      `put-metric-alarm --alarm-name drift ${metric} --threshold 0.2 --comparison-operator GreaterThanThreshold`,
    )
    await aws('set-alarm-state --alarm-name drift --state-value ALARM --state-reason rehearsal')
    const query = '--query MetricAlarms[].[AlarmName,StateValue,StateReason,Threshold] --output text'
    expect(await aws(`describe-alarms ${query}`)).toBe('drift\tALARM\trehearsal\t0.2')
  })
})

describe('the query protocol', () => {
  it('answers in the namespace of CloudWatch, with times as text', async () => {
    const {port} = await served()
    const form = {'content-type': 'application/x-www-form-urlencoded', ...signedFor('monitoring')}
    const send = (fields: Readonly<Record<string, string>>) =>
      ask(port, {headers: form, body: String(new URLSearchParams({Version: '2010-08-01', ...fields}))})
    const put = await send({
      ...{Action: 'PutMetricAlarm', AlarmName: 'drift', Namespace: 'n', MetricName: 'm', Statistic: 'Sum'},
      ...{Period: '60', EvaluationPeriods: '1', Threshold: '0.5', ComparisonOperator: 'LessThanThreshold'},
      ...{'Dimensions.member.1.Name': 'a', 'Dimensions.member.1.Value': 'b'},
    })
    expect(put.status).toBe(200)
    expect(put.body).toContain(
      '<PutMetricAlarmResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><ResponseMetadata>',
    )
    const {body} = await send({Action: 'DescribeAlarms', 'AlarmNames.member.1': 'drift'})
    expect(body).toMatch(/<StateUpdatedTimestamp>\d{4}-\d\d-\d\dT[\d:.]+Z<\/StateUpdatedTimestamp>/)
    expect(body).toContain('<Threshold>0.5</Threshold>')
    expect(body).toContain('<Dimensions><member><Name>a</Name><Value>b</Value></member></Dimensions>')

    const wrong = await send({Action: 'PutMetricAlarm', AlarmName: 'x', Threshold: 'high'})
    expect(wrong.status).toBe(400)
    expect(wrong.body).toContain('<Code>ValidationError</Code>')
  })
})
