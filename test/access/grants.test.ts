// Grants as statements and documents: equal things said once, nothing more allowed, and no document too long.

import {expect, it} from 'vitest'
import {covers, type Grant, toDocuments, toStatements} from '../../src/access/grants.ts'
import {questionsOf} from '../../src/access/questions.ts'

const grant = (topic: string, actions: string[], resources: string[], condition?: Grant['condition']): Grant => ({
  topic,
  actions,
  resources,
  ...(condition ? {condition} : {}),
})

it('grants of one topic with the same resources, or the same actions, become one statement', () => {
  expect(
    toStatements([
      grant('Jobs', ['s:Stop'], ['a']),
      grant('Jobs', ['s:Create'], ['a']),
      grant('Jobs', ['s:Create', 's:Stop'], ['b']),
    ]),
  ).toEqual([{Sid: 'Jobs', Effect: 'Allow', Action: ['s:Create', 's:Stop'], Resource: ['a', 'b']}])
})

it('different actions on different resources stay apart, with names of their own', () => {
  const statements = toStatements([grant('Jobs', ['s:Create'], ['a']), grant('Jobs', ['s:Stop'], ['b'])])
  expect(statements.map(({Sid, Action, Resource}) => [Sid, Action, Resource])).toEqual([
    ['Jobs', ['s:Create'], ['a']],
    ['Jobs2', ['s:Stop'], ['b']],
  ])
})

it('conditions are never mixed', () => {
  const to = (service: string) => ({StringEquals: {'iam:PassedToService': [service]}})
  const statements = toStatements([
    grant('Pass', ['iam:PassRole'], ['r'], to('sagemaker')),
    grant('Pass', ['iam:PassRole'], ['q'], to('ec2')),
    grant('Pass', ['iam:PassRole'], ['q'], to('sagemaker')),
  ])
  expect(statements.map(({Resource, Condition}) => [Resource, Condition])).toEqual([
    [['q', 'r'], to('sagemaker')],
    [['q'], to('ec2')],
  ])
})

it('a resource under another one goes without saying', () => {
  expect(toStatements([grant('Read', ['s3:GetObject'], ['b/x/y*', 'b/x/*', 'b/xyz'])])[0]?.Resource).toEqual([
    'b/x/*',
    'b/xyz',
  ])
})

it('nothing to do, or nothing to do it to, is no statement', () => {
  expect(toStatements([grant('A', [], ['a']), grant('B', ['x:Y'], [])])).toEqual([])
})

it.each([
  ['a/*', 'a/b/c', true],
  ['a/*', 'a', false],
  ['a*', 'a', true],
  ['a/*/c', 'a/b/c', true],
  ['a.b', 'axb', false],
  ['a/b', 'a/*', false],
])('%s covers %s: %s', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected)
})

it('what is longer than a managed policy may be goes into several, whole statements each', () => {
  const grants = Array.from({length: 120}, (_, index) =>
    grant(
      `Topic${index}`,
      ['sagemaker:CreateTrainingJob'],
      [`arn:aws:sagemaker:us-east-1:1:training-job/job-${index}`],
    ),
  )
  const statements = toStatements(grants)
  const documents = toDocuments(statements)
  expect(documents.length).toBeGreaterThan(1)
  expect(documents.flatMap(({Statement}) => Statement)).toEqual(statements)
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144)
})

it('the simulator is asked about examples, once for each value of a condition', () => {
  const condition = {StringLike: {'s3:prefix': ['churn/*', 'raw']}}
  expect(
    questionsOf([
      grant('List', ['s3:ListBucket'], ['arn:aws:s3:::b'], condition),
      grant('Jobs', ['s:Create'], ['arn:job/pipelines-*', '*']),
    ]),
  ).toEqual([
    {actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::b'], context: {'s3:prefix': 'churn/mlpipe-example'}},
    {actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::b'], context: {'s3:prefix': 'raw'}},
    {actions: ['s:Create'], resources: ['*']},
  ])
})

it('of two spellings of a name the simulator is asked about the one that SageMaker uses', () => {
  const [question] = questionsOf([
    grant('Pipeline', ['s:Describe'], ['arn:pipeline/Churn', 'arn:pipeline/churn', 'arn:role/R']),
  ])
  expect(question?.resources).toEqual(['arn:pipeline/churn', 'arn:role/R'])
})
