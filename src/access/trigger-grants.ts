// What whoever deploys needs for triggers: to see and remove them always, to make those kinds that there are. Source: Service
// Authorization Reference of Amazon EventBridge, EventBridge Scheduler, CloudWatch, IAM, S3 and SageMaker.

import type {Grant} from './grants.ts'
import {passRole} from './job-grants.ts'
import {arn, bucketArn, sageMakerArns} from './place.ts'
import {sageMaker} from './sagemaker-grants.ts'
import type {AccessSubject, TriggerNeeds} from './subject.ts'

const anyTrigger: TriggerNeeds = {
  hasRules: true,
  hasSchedules: true,
  makesRole: true,
  ownRoles: [],
  buckets: [],
  madeAlarms: [],
  foundAlarms: [],
  monitors: [],
  pipelines: [],
}

export function triggerGrants(subject: AccessSubject): Grant[] {
  const {triggerRole, triggers: needs = anyTrigger} = subject
  const isMaking = triggerRole !== undefined
  return [
    ...removingGrants(subject),
    ...(isMaking && needs.hasRules ? ruleGrants(subject) : []),
    ...(isMaking && needs.hasSchedules ? scheduleGrants(subject) : []),
    ...(isMaking ? [...roleGrants(triggerRole, needs, subject), ...sourceGrants(needs, subject)] : []),
  ]
}

/** `mlpipe delete` takes the triggers along, so that whoever deploys must see them, and take those away that bear the pipeline's name. */
function removingGrants(subject: AccessSubject): Grant[] {
  const ruleActions = ['DescribeRule', 'ListTargetsByRule', 'RemoveTargets', 'DeleteRule']
  return [
    {topic: 'TriggerRules', actions: of('events', ruleActions), resources: ruleArns(subject)},
    {
      topic: 'TriggerSchedules',
      actions: of('scheduler', ['GetSchedule', 'DeleteSchedule']),
      resources: namesOf(subject).map((name) => arn(subject, 'scheduler', `schedule/*/${name}`)),
    },
    {topic: 'FindTriggers', actions: ['events:ListRuleNamesByTarget', 'scheduler:ListSchedules'], resources: ['*']},
  ]
}

function ruleGrants(subject: AccessSubject): Grant[] {
  const actions = ['PutRule', 'PutTargets', 'EnableRule', 'DisableRule', 'TagResource', 'ListTagsForResource']
  return [
    {topic: 'TriggerRules', actions: of('events', actions), resources: ruleArns(subject)},
    {topic: 'FindTriggers', actions: ['events:ListRules'], resources: ['*']},
  ]
}

/** Schedules have no tags: their group has. */
function scheduleGrants(subject: AccessSubject): Grant[] {
  const groupActions = [
    'CreateScheduleGroup',
    'GetScheduleGroup',
    'DeleteScheduleGroup',
    'TagResource',
    'ListTagsForResource',
  ]
  return [
    {
      topic: 'TriggerSchedules',
      actions: of('scheduler', ['CreateSchedule', 'UpdateSchedule']),
      resources: namesOf(subject).map((name) => arn(subject, 'scheduler', `schedule/*/${name}`)),
    },
    {
      topic: 'TriggerGroup',
      actions: of('scheduler', groupActions),
      resources: namesOf(subject)
        .slice(0, 1)
        .map((name) => arn(subject, 'scheduler', `schedule-group/${name}`)),
    },
  ]
}

const roleActions = [
  'CreateRole',
  'GetRole',
  'PutRolePolicy',
  'TagRole',
  'UpdateAssumeRolePolicy',
  'ListRolePolicies',
  'DeleteRolePolicy',
  'DeleteRole',
]

function roleGrants(made: string, needs: TriggerNeeds, subject: AccessSubject): Grant[] {
  const services = [...(needs.hasRules ? ['events'] : []), ...(needs.hasSchedules ? ['scheduler'] : [])]
  const passed = [...(needs.makesRole ? [made] : []), ...needs.ownRoles]
  return [
    {topic: 'TriggerRole', actions: of('iam', roleActions), resources: needs.makesRole ? [made] : []},
    {topic: 'SeeRoles', actions: ['iam:GetRole'], resources: needs.ownRoles},
    ...passed.flatMap((role) => passRole(role, services, subject)),
  ]
}

/** What is looked at, or made, where triggers wait for it. */
function sourceGrants(needs: TriggerNeeds, subject: AccessSubject): Grant[] {
  const alarms = (names: readonly string[]) => names.map((name) => arn(subject, 'cloudwatch', `alarm:${name}`))
  return [
    {
      topic: 'BucketEvents',
      actions: of('s3', ['GetBucketLocation', 'GetBucketNotification', 'PutBucketNotification']),
      resources: needs.buckets.map((bucket) => bucketArn(subject, bucket)),
    },
    {
      topic: 'TriggerAlarms',
      actions: of('cloudwatch', ['DescribeAlarms', 'PutMetricAlarm', 'TagResource', 'DeleteAlarms']),
      resources: alarms(needs.madeAlarms),
    },
    {topic: 'SeeAlarms', actions: ['cloudwatch:DescribeAlarms'], resources: alarms(needs.foundAlarms)},
    {
      topic: 'SeeMonitors',
      actions: sageMaker('DescribeMonitoringSchedule'),
      resources: needs.monitors.flatMap((name) => sageMakerArns(subject, 'monitoring-schedule', name)),
    },
    {
      topic: 'SeePipelines',
      actions: sageMaker('DescribePipeline'),
      resources: needs.pipelines.flatMap((name) => sageMakerArns(subject, 'pipeline', name)),
    },
    // What starts the pipelines upstream is followed, so that none starts the other without an end.
    {
      topic: 'SeeRules',
      actions: of('events', ['DescribeRule', 'ListTargetsByRule']),
      resources: needs.pipelines.map((name) => arn(subject, 'events', `rule/${name}-*`)),
    },
  ]
}

/** Of rules, schedules and their group. The names of a pipeline that has a long one are cut, and go on with a hash. */
const longestWhole = 54

function namesOf({pipelineName}: AccessSubject): string[] {
  if (pipelineName.length > longestWhole) return [`${pipelineName.slice(0, longestWhole)}*`]
  return [pipelineName, `${pipelineName}-*`]
}

function ruleArns(subject: AccessSubject): string[] {
  return namesOf(subject).map((name) => arn(subject, 'events', `rule/${name}`))
}

function of(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`)
}
