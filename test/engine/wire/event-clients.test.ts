// EventBridge and its Scheduler over a socket, asked by clients that nobody of mlpipe wrote.

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
import {pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {putPipeline} from '../support/local-cloud.ts'
import {served} from '../support/served.ts'

const definition = {
  Version: '2020-12-01',
  Parameters: [{Name: 'Key', Type: 'String', DefaultValue: 'none'}],
  Steps: [{Name: 'End', Type: 'Fail', Arguments: {ErrorMessage: 'done'}}],
}

async function serve() {
  const {cloud, endpoint} = await served()
  await putPipeline(cloud, 'train', definition)
  return clientEnv(endpoint)
}

const pattern = '{"source": ["my.app"], "detail": {"key": [{"prefix": "in/"}]}}'

describe.skipIf(isMissing(findPython(), 'boto3', 'EventBridge with boto3'))('boto3', () => {
  it.each(findPythons())('puts rules, targets, events and schedules: %s', {timeout: 120_000}, async (python) => {
    const env = await serve()
    const script = `
events, scheduler, sagemaker = client("events"), client("scheduler"), client("sagemaker")
def fault(call, **request):
    try:
        call(**request)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
target = {"Arn": "${pipelineArn}", "RoleArn": "${triggerRoleArn}"}
out = {}
out["rule"] = events.put_rule(Name="on-data", EventPattern='${pattern}', Tags=[{"Key": "a", "Value": "1"}])["RuleArn"]
parameters = {"PipelineParameterList": [{"Name": "Key", "Value": "$.detail.key"}]}
out["failed"] = events.put_targets(Rule="on-data", Targets=[dict(target, Id="p", SageMakerPipelineParameters=parameters)])["FailedEntryCount"]
for index in range(3):
    events.put_rule(Name="r%d" % index, ScheduleExpression="rate(1 hour)")
pages = events.get_paginator("list_rules").paginate(PaginationConfig={"PageSize": 2})
out["rules"] = [rule["Name"] for page in pages for rule in page["Rules"]]
out["names"] = events.list_rule_names_by_target(TargetArn="${pipelineArn}")["RuleNames"]
out["tags"] = events.list_tags_for_resource(ResourceARN=out["rule"])["Tags"]
out["put"] = events.put_events(Entries=[{"Source": "my.app", "DetailType": "t", "Detail": json.dumps({"key": "in/x"})}])["FailedEntryCount"]
execution = sagemaker.list_pipeline_executions(PipelineName="train")["PipelineExecutionSummaries"][0]["PipelineExecutionArn"]
out["parameters"] = sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=execution)["PipelineParameters"]
off = {"Mode": "OFF"}
out["group"] = scheduler.create_schedule_group(Name="team", Tags=[{"Key": "a", "Value": "1"}])["ScheduleGroupArn"]
scheduler.tag_resource(ResourceArn=out["group"], Tags=[{"Key": "b", "Value": "2"}])
out["group tags"] = scheduler.list_tags_for_resource(ResourceArn=out["group"])["Tags"]
for name in ["a", "b", "c"]:
    scheduler.create_schedule(Name=name, GroupName="team", ScheduleExpression="cron(0 3 * * ? *)", ScheduleExpressionTimezone="Europe/Berlin", FlexibleTimeWindow=off, Target=target)
pages = scheduler.get_paginator("list_schedules").paginate(PaginationConfig={"PageSize": 2})
out["schedules"] = [schedule["Name"] for page in pages for schedule in page["Schedules"]]
out["zone"] = scheduler.get_schedule(Name="a", GroupName="team")["ScheduleExpressionTimezone"]
out["made"] = scheduler.get_schedule(Name="a", GroupName="team")["CreationDate"].year >= 2020
scheduler.update_schedule(Name="a", GroupName="team", ScheduleExpression="rate(2 hours)", FlexibleTimeWindow=off, Target=target, State="DISABLED")
out["updated"] = scheduler.get_schedule(Name="a", GroupName="team")["State"]
scheduler.delete_schedule_group(Name="team")
out["faults"] = [
    fault(events.put_rule, Name="x", EventPattern='{"a": 1}'),
    fault(events.describe_rule, Name="none"),
    fault(events.delete_rule, Name="on-data"),
    fault(scheduler.get_schedule, Name="a", GroupName="team"),
    fault(scheduler.create_schedule_group, Name="default"),
    fault(scheduler.create_schedule, Name="x", ScheduleExpression="rate(x)", FlexibleTimeWindow=off, Target=target),
]
print(json.dumps(out))
`
    const {stdout, stderr} = await runPython(script, env, python)
    expect(stderr.split('\n').filter((line) => line.includes('Error'))).toEqual([])
    expect(JSON.parse(stdout)).toEqual({
      rule: 'arn:aws:events:us-east-1:000000000000:rule/on-data',
      failed: 0,
      rules: ['on-data', 'r0', 'r1', 'r2'],
      names: ['on-data'],
      tags: [{Key: 'a', Value: '1'}],
      put: 0,
      parameters: [{Name: 'Key', Value: 'in/x'}],
      group: 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/team',
      'group tags': [
        {Key: 'a', Value: '1'},
        {Key: 'b', Value: '2'},
      ],
      schedules: ['a', 'b', 'c'],
      zone: 'Europe/Berlin',
      made: true,
      updated: 'DISABLED',
      faults: [
        ['InvalidEventPatternException', 400],
        ['ResourceNotFoundException', 400],
        ['ValidationException', 400],
        ['ResourceNotFoundException', 404],
        ['ConflictException', 409],
        ['ValidationException', 400],
      ],
    })
  })
})

describe.skipIf(isMissing(findAwsCli(), 'aws', 'EventBridge with the AWS CLI'))('the AWS CLI', () => {
  it.each(findAwsClis())('puts rules, targets, events and schedules: %s', {timeout: 180_000}, async (cli) => {
    const env = await serve()
    const aws = async (...args: string[]) => {
      const {stdout, stderr, exitCode} = await runAws([...args, '--output', 'json'], env, cli)
      if (exitCode !== 0) return stderr.trim()
      return stdout.trim() === '' ? {} : (JSON.parse(stdout) as unknown)
    }
    await aws('events', 'put-rule', '--name', 'on-data', '--event-pattern', pattern)
    const target = {Id: 'p', Arn: pipelineArn, RoleArn: triggerRoleArn}
    expect(await aws('events', 'put-targets', '--rule', 'on-data', '--targets', JSON.stringify([target]))).toEqual({
      FailedEntryCount: 0,
      FailedEntries: [],
    })
    expect(await aws('events', 'list-rule-names-by-target', '--target-arn', pipelineArn)).toEqual({
      RuleNames: ['on-data'],
    })
    const event = JSON.stringify({source: 'my.app', detail: {key: 'in/x'}})
    expect(await aws('events', 'test-event-pattern', '--event-pattern', pattern, '--event', event)).toEqual({
      Result: true,
    })
    const entry = {Source: 'my.app', DetailType: 't', Detail: '{"key": "in/x"}'}
    expect(await aws('events', 'put-events', '--entries', JSON.stringify([entry]))).toMatchObject({FailedEntryCount: 0})
    expect(await aws('sagemaker', 'list-pipeline-executions', '--pipeline-name', 'train')).toMatchObject({
      PipelineExecutionSummaries: [{}],
    })
    expect(await aws('events', 'put-rule', '--name', 'x', '--event-pattern', '{"a": 1}')).toContain(
      '(InvalidEventPatternException)',
    )

    const scheduler = (...args: string[]) => aws('scheduler', ...args)
    const made = [
      '--schedule-expression',
      'rate(1 hours)',
      '--flexible-time-window',
      'Mode=OFF',
      '--target',
      JSON.stringify({Arn: pipelineArn, RoleArn: triggerRoleArn}),
    ]
    expect(await scheduler('create-schedule', '--name', 'hourly', ...made)).toEqual({
      ScheduleArn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/hourly',
    })
    expect(await scheduler('create-schedule', '--name', 'hourly', ...made)).toContain('(ConflictException)')
    expect(await scheduler('get-schedule', '--name', 'hourly')).toMatchObject({
      ScheduleExpression: 'rate(1 hours)',
      State: 'ENABLED',
    })
    expect(await scheduler('list-schedules')).toMatchObject({Schedules: [{Name: 'hourly', Target: {Arn: pipelineArn}}]})
    expect(await scheduler('delete-schedule', '--name', 'hourly')).toEqual({})
    expect(await scheduler('get-schedule', '--name', 'hourly')).toContain('(ResourceNotFoundException)')
  })
})
