// The keys are made up; AKIAIOSFODNN7EXAMPLE and its secret are those of AWS's own documentation.

import {describe, expect, it} from 'vitest'
import {secretsOfEnvironment, withoutSecrets} from '../../src/text/secrets.ts'

const key = 'AKIAIOSFODNN7EXAMPLE'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const token = `IQoJb3JpZ2luX2VjEKz${'Xb7/Qm2Lr9Tz4Vw1Ks8Yp3Hd6+Jf0Ng5'.repeat(6)}==`

describe('goes out', () => {
  it.each([
    ['the id of a key', `The key ${key} does not exist`, 'The key [redacted] does not exist'],
    ['the id of a temporary key', 'ASIAQWERTYUIOP123456 has expired', '[redacted] has expired'],
    ['a secret key that stands alone', `got "${secret}"`, 'got "[redacted]"'],
    ['a secret key behind its name', `aws_secret_access_key = ${secret}`, 'aws_secret_access_key = [redacted]'],
    ['a member of JSON', `{"SecretAccessKey":"short-one","A":1}`, '{"SecretAccessKey":"[redacted]","A":1}'],
    ['a session token', `token ${token}.`, 'token [redacted].'],
    ['the header of a token', `x-amz-security-token:${token}`, 'x-amz-security-token:[redacted]'],
    [
      'a signature',
      `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=abc`,
      '[redacted]',
    ],
    ['a bearer token', 'authorization sent: Bearer abcdef0123456789', 'authorization sent: Bearer [redacted]'],
    [
      'the query of a presigned URL',
      'https://b.s3.amazonaws.com/k?X-Amz-Credential=AB%2F20260101&X-Amz-Signature=0f0f&X-Amz-Date=2026',
      'https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&X-Amz-Date=2026',
    ],
    ['a word in an address', 'at http://ann:wonder@127.0.0.1:8080/x', 'at http://[redacted]@127.0.0.1:8080/x'],
    ['an element of XML', `<AWSAccessKeyId>abc</AWSAccessKeyId>`, '<AWSAccessKeyId>[redacted]</AWSAccessKeyId>'],
  ])('%s', (_what, text, expected) => {
    expect(withoutSecrets(text)).toBe(expected)
  })

  it('what is known to be one, whatever it looks like', () => {
    expect(withoutSecrets('sent my-plain-token here', ['my-plain-token'])).toBe('sent [redacted] here')
  })
})

it.each([
  'arn:aws:sts::111122223333:assumed-role/Deployer/anna',
  's3://bucket/tumour-classifier/code/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/source.tar.gz',
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  '/home/anna/Projects/pipelines2026/tumourClassifier/trainingData/part1',
  '/opt/ml/processing/input/Experiments2024/Baseline/ModelArtifacts/version12',
  'DescribePipelineDefinitionForExecution of "arn:aws:sagemaker:us-east-1:111122223333:pipeline/x/execution/2iy0mtcom1hk"',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3@sha256:abc',
  'the endpoint http://127.0.0.1:4566/a@b',
])('stays as it is: %s', (text) => {
  expect(withoutSecrets(text)).toBe(text)
})

it('an environment tells its credentials, and the words in its addresses', () => {
  const env = {
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'plain-container-token',
    AWS_ENDPOINT_URL_S3: 'http://ann:wonderland@127.0.0.1:1',
    https_proxy: 'http://ann:looking-glass@proxy:3128',
    AWS_REGION: 'us-east-1',
    HTTP_PROXY: 'http://proxy:3128',
  }
  expect(secretsOfEnvironment(env).sort()).toEqual(
    [secret, 'looking-glass', 'plain-container-token', 'wonderland'].sort(),
  )
})
