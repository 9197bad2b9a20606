// Explanations: requests in SageMaker's own names, properties of steps, secrets.

import type {Explanation} from './explanation.ts'

export const requestExplanations = {
  'unknown-member': {
    text: 'Under "api:" and "definition:" stand SageMaker\'s own names, and the request has none of this name there. The names are those of the AWS SDK; SageMaker itself refuses a pipeline with an unknown one.',
    wrong: 'steps:\n  train: {type: training, code: src/train.py, api: {RetryStrategies: {MaximumRetryAttempts: 2}}}\n',
    right: 'steps:\n  train: {type: training, code: src/train.py, api: {RetryStrategy: {MaximumRetryAttempts: 2}}}\n',
  },
  'missing-member': {
    text: 'SageMaker cannot make the request without this member. mlpipe writes what it knows; under "api:" a null takes a member away, a list replaces the whole list, and a raw step has just what you write.',
    wrong:
      'steps:\n  train: {type: training, code: src/train.py, api: {VpcConfig: {SecurityGroupIds: [sg-12345678]}}}\n',
    right:
      'steps:\n  train: {type: training, code: src/train.py, api: {VpcConfig: {SecurityGroupIds: [sg-12345678], Subnets: [subnet-1]}}}\n',
  },
  'wrong-member-type': {
    text: 'The request takes a value of another type there. Numbers stand without quotes, texts with them; a reference must be of the type of its place, and one that is not is cast to a text by a Std:Join of one value, which "${...}" does by itself.',
    wrong: 'steps:\n  train: {type: training, code: src/train.py, api: {EnableNetworkIsolation: "yes"}}\n',
    right: 'steps:\n  train: {type: training, code: src/train.py, api: {EnableNetworkIsolation: true}}\n',
  },
  'unknown-property': {
    text: "Behind the name of a step stand its properties: what the Describe call of its type shows, in SageMaker's own names, and this path leads to none. An element of a list is named in brackets: Outputs['train'] or [0].",
    wrong:
      'steps:\n  train: {type: training, code: src/train.py}\n  serve: {type: model, model: "${steps.train.ModelArtifact.S3ModelArtifacts}"}\n',
    right:
      'steps:\n  train: {type: training, code: src/train.py}\n  serve: {type: model, model: "${steps.train.ModelArtifacts.S3ModelArtifacts}"}\n',
  },
  'plain-secret': {
    text: 'The name says that the value is a secret, and a definition keeps none: DescribePipeline shows it to everybody who may call it, and so do the descriptions of the jobs. Keep it in AWS Secrets Manager, give its ARN, and let the code fetch it.',
    wrong: 'steps:\n  train: {type: training, code: src/train.py, env: {DB_PASSWORD: hunter2}}\n',
    right:
      'steps:\n  train: {type: training, code: src/train.py, env: {DB_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db"}}\n',
  },
} as const satisfies Readonly<Record<string, Explanation>>
