// Flags and arguments that several commands share.

import {string as stringArgument} from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

export const fileFlag = Flags.string({
  char: 'f',
  summary: 'The pipeline spec (default: mlpipe.yaml)',
  env: 'MLPIPE_FILE',
  helpValue: 'FILE',
})

export const targetFlag = Flags.string({
  char: 't',
  summary: 'The target to work on (default: the default target of the spec, else local)',
  env: 'MLPIPE_TARGET',
  helpValue: 'NAME',
})

export const yesFlag = Flags.boolean({char: 'y', summary: 'Answer yes to every question', env: 'MLPIPE_YES'})

/** Of an AWS target; they go over what the spec and the environment say. */
export const awsFlags = {
  region: Flags.string({
    summary: 'The AWS region (default: of the target, else as the AWS CLI finds it)',
    env: 'MLPIPE_REGION',
    helpValue: 'REGION',
    helpGroup: 'AWS',
  }),
  profile: Flags.string({
    summary: 'The named profile of the AWS configuration (default: of the target, else as the AWS CLI finds it)',
    env: 'MLPIPE_PROFILE',
    helpValue: 'NAME',
    helpGroup: 'AWS',
  }),
}

export const projectFlags = {file: fileFlag, target: targetFlag, ...awsFlags}

/** The values a run is given, or would be. */
export const parameterFlags = {
  param: Flags.string({
    char: 'p',
    summary: "The value of one of the pipeline's parameters",
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=VALUE',
  }),
  'params-file': Flags.string({
    summary: 'A YAML or JSON file of parameters; --param goes over it',
    env: 'MLPIPE_PARAMS_FILE',
    helpValue: 'FILE',
  }),
}

export const executionArgument = stringArgument({
  name: 'execution',
  description: 'id, the beginning of an id, ARN, or "latest"',
  default: 'latest',
})

export const modelArgument = stringArgument({
  name: 'model',
  description: 'group/version, group (its latest version), or ARN; by default the latest model of the pipeline',
})

export const sinceFlag = Flags.string({
  summary: 'Nothing older: 2h, 7d, 2026-11-01, 2026-11-01T10:00Z (UTC unless it says otherwise)',
  env: 'MLPIPE_SINCE',
  helpValue: 'TIME',
})

export const waitFlag = Flags.boolean({
  summary: 'Follow the execution to its end',
  allowNo: true,
  default: true,
  env: 'MLPIPE_WAIT',
})

export const timeoutFlag = Flags.string({
  summary: 'Stop waiting after this time, such as 90m or 2h; the execution goes on',
  env: 'MLPIPE_TIMEOUT',
  helpValue: 'TIME',
})

export const endpointWaitFlag = Flags.boolean({
  summary: 'Wait until the endpoint answers',
  allowNo: true,
  default: true,
  env: 'MLPIPE_WAIT',
})

export const endpointTimeoutFlag = Flags.string({
  summary: 'Stop waiting after this time, such as 20m; what has begun goes on',
  env: 'MLPIPE_TIMEOUT',
  helpValue: 'TIME',
})

export const onInterruptFlag = Flags.option({
  summary: 'What Ctrl-C does with the execution; without a terminal to ask on, it is stopped',
  options: ['ask', 'stop', 'leave'] as const,
  default: 'ask',
  env: 'MLPIPE_ON_INTERRUPT',
})()

export const eventsFlag = Flags.boolean({
  summary: 'Print what happens as it happens, one JSON object a line, and the result as the last',
  env: 'MLPIPE_EVENTS',
  exclusive: ['json'],
  helpGroup: 'OUTPUT',
})

export const reasonFlag = Flags.string({
  summary: 'Why; kept with the model',
  env: 'MLPIPE_REASON',
  helpValue: 'TEXT',
})

export const triggerArgument = stringArgument({
  name: 'name',
  description: 'the trigger, or the rule or schedule that something else made',
  required: true,
})
