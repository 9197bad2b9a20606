// S3 over a socket with clients that nobody of mlpipe wrote: the AWS CLI and boto3, each that this machine has.

import {randomBytes} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
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
import {tempDir, writeFiles} from '../../support/temp-dir.ts'
import {served} from '../support/served.ts'

describe.skipIf(isMissing(findAwsCli(), 'aws', 'S3 with the AWS CLI')).each(findAwsClis())(
  'the AWS CLI (%s)',
  (cli) => {
    async function shell() {
      const {endpoint} = await served()
      const directory = tempDir()
      const s3 = async (...args: string[]) => {
        const ran = await runAws(['s3', ...args], clientEnv(endpoint), cli)
        if (ran.exitCode !== 0) throw new Error(ran.stderr)
        return ran.stdout
      }
      const make = async (bucket: string) => {
        await s3('mb', `s3://${bucket}`)
        return `s3://${bucket}`
      }
      return {directory, s3, make}
    }

    it('copies files there and back, small and in parts, and from one place to the other', async () => {
      const {directory, s3, make} = await shell()
      const bucket = await make('copies')
      const bytes = randomBytes(17 * 1024 ** 2)
      writeFileSync(join(directory, 'big'), bytes)
      writeFiles(directory, {'small.txt': 'hello'})
      for (const name of ['big', 'small.txt']) {
        await s3('cp', '--no-progress', join(directory, name), `${bucket}/in/${name}`)
        await s3('cp', '--no-progress', `${bucket}/in/${name}`, `${bucket}/copy/${name}`)
        await s3('cp', '--no-progress', `${bucket}/copy/${name}`, join(directory, 'back', name))
        expect(readFileSync(join(directory, 'back', name)).equals(readFileSync(join(directory, name)))).toBe(true)
      }
      const listed = await s3('ls', '--recursive', bucket)
      expect(listed.match(/\S+$/gm)).toEqual(['copy/big', 'copy/small.txt', 'in/big', 'in/small.txt'])
      expect(await s3('ls', `${bucket}/`)).toMatch(/PRE copy\/\n\s+PRE in\//)
    })

    it('syncs a directory up and down, and copies nothing twice', async () => {
      const {directory, s3, make} = await shell()
      const bucket = await make('sync')
      const [up, down] = [join(directory, 'up'), join(directory, 'down')]
      writeFiles(up, {'a.txt': 'a', 'deep/b ü+&%.txt': 'b', 'deep/er/c': ''})
      expect((await s3('sync', '--no-progress', up, bucket)).match(/^upload: /gm)).toHaveLength(3)
      expect(await s3('sync', '--no-progress', up, bucket)).toBe('')
      await s3('sync', '--no-progress', bucket, down)
      expect(await s3('sync', '--no-progress', bucket, down)).toBe('')
      expect(readFileSync(join(down, 'deep/b ü+&%.txt'), 'utf8')).toBe('b')
      await s3('rm', `${bucket}/a.txt`)
      await s3('sync', '--no-progress', '--delete', bucket, down)
      expect(existsSync(join(down, 'a.txt'))).toBe(false)
    })

    it('moves and removes objects, and removes a bucket when it is empty', async () => {
      const {directory, s3, make} = await shell()
      const bucket = await make('moves')
      mkdirSync(directory, {recursive: true})
      writeFiles(directory, {a: 'a'})
      await s3('cp', '--no-progress', join(directory, 'a'), `${bucket}/a`)
      await s3('mv', '--no-progress', `${bucket}/a`, `${bucket}/b/c`)
      expect(await s3('ls', '--recursive', bucket)).toMatch(/ b\/c\n$/)
      expect(await s3('ls')).toMatch(/ moves\n/)
      await expect(s3('rb', bucket)).rejects.toThrow('BucketNotEmpty')
      await s3('rm', '--recursive', bucket)
      await s3('rb', bucket)
      await expect(s3('ls', bucket)).rejects.toThrow('NoSuchBucket')
    })

    it('says that a misspelt bucket is not there', async () => {
      const {directory, s3} = await shell()
      writeFiles(directory, {a: 'a'})
      await expect(s3('cp', join(directory, 'a'), 's3://misspelt/a')).rejects.toThrow('NoSuchBucket')
    })
  },
)

describe.skipIf(isMissing(findPython(), 'boto3', 'S3 with boto3')).each(findPythons())('boto3 (%s)', (python) => {
  async function tell(script: string): Promise<unknown> {
    const {endpoint} = await served()
    const prelude = 's3 = client("s3")\ns3.create_bucket(Bucket="b-1")\n'
    const ran = await runPython(prelude + script, clientEnv(endpoint), python)
    if (ran.exitCode !== 0) throw new Error(ran.stderr)
    return JSON.parse(ran.stdout)
  }

  it('uploads and downloads files, in parts when they are large', async () => {
    const script = `
import hashlib, io
body = os.urandom(9 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(body), "b-1", "big", ExtraArgs={"Metadata": {"owner": "me"}, "ContentType": "text/csv"})
back = io.BytesIO()
s3.download_fileobj("b-1", "big", back)
head = s3.head_object(Bucket="b-1", Key="big")
print(json.dumps([back.getvalue() == body, head["Metadata"], head["ContentType"], head["ETag"][-3:], head["ContentLength"]]))
`
    expect(await tell(script)).toEqual([true, {owner: 'me'}, 'text/csv', '-2"', 9 * 1024 ** 2])
  })

  it('pages through a list, copies, and deletes many', async () => {
    const script = `
names = ["a b", "c+d", "e/f", "g&h<", "ü"]
for name in names: s3.put_object(Bucket="b-1", Key=name, Body=name.encode())
pages = s3.get_paginator("list_objects_v2").paginate(Bucket="b-1", PaginationConfig={"PageSize": 2})
v2 = [item["Key"] for page in pages for item in page["Contents"]]
pages = s3.get_paginator("list_objects").paginate(Bucket="b-1", Delimiter="/", PaginationConfig={"PageSize": 2})
v1 = [[c["Key"] for c in page.get("Contents", [])] + [p["Prefix"] for p in page.get("CommonPrefixes", [])] for page in pages]
s3.copy({"Bucket": "b-1", "Key": "g&h<"}, "b-1", "copy of ü")
body = s3.get_object(Bucket="b-1", Key="copy of ü")["Body"].read().decode()
gone = s3.delete_objects(Bucket="b-1", Delete={"Objects": [{"Key": key} for key in names]})
left = [item["Key"] for item in s3.list_objects_v2(Bucket="b-1")["Contents"]]
print(json.dumps([v2, v1, body, [item["Key"] for item in gone["Deleted"]], left]))
`
    const names = ['a b', 'c+d', 'e/f', 'g&h<', 'ü']
    const pages = [['a b', 'c+d'], ['g&h<', 'e/'], ['ü']]
    expect(await tell(script)).toEqual([names, pages, 'g&h<', names, ['copy of ü']])
  })

  it('gets the errors of S3', async () => {
    const script = `
def code(call):
    try: call()
    except ClientError as error: return [type(error).__name__, error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
s3.put_object(Bucket="b-1", Key="a", Body=b"a")
print(json.dumps([
    code(lambda: s3.get_object(Bucket="b-1", Key="no")),
    code(lambda: s3.head_object(Bucket="b-1", Key="no")),
    code(lambda: s3.list_objects_v2(Bucket="no-such-bucket")),
    code(lambda: s3.put_object(Bucket="no-such-bucket", Key="a", Body=b"")),
    code(lambda: s3.delete_bucket(Bucket="b-1")),
    code(lambda: s3.abort_multipart_upload(Bucket="b-1", Key="a", UploadId="no")),
    code(lambda: s3.get_bucket_tagging(Bucket="b-1")),
    code(lambda: s3.get_bucket_policy(Bucket="b-1")),
]))
`
    expect(await tell(script)).toEqual([
      ['NoSuchKey', 'NoSuchKey', 404],
      ['ClientError', '404', 404],
      ['NoSuchBucket', 'NoSuchBucket', 404],
      ['NoSuchBucket', 'NoSuchBucket', 404],
      ['ClientError', 'BucketNotEmpty', 409],
      ['NoSuchUpload', 'NoSuchUpload', 404],
      ['ClientError', 'NoSuchTagSet', 404],
      ['ClientError', 'NotImplemented', 501],
    ])
  })

  it('puts and gets by presigned URLs until they expire', async () => {
    const script = `
import urllib.request
url = lambda method, **params: s3.generate_presigned_url(method, Params={"Bucket": "b-1", "Key": "a b", **params})
urllib.request.urlopen(urllib.request.Request(url("put_object"), data=b"hello", method="PUT"))
got = urllib.request.urlopen(url("get_object", ResponseContentType="text/plain"))
body, kind = got.read().decode(), got.headers["Content-Type"]
try: urllib.request.urlopen(s3.generate_presigned_url("get_object", Params={"Bucket": "b-1", "Key": "a b"}, ExpiresIn=-10)); late = None
except urllib.error.HTTPError as error: late = error.code
print(json.dumps([body, kind, late]))
`
    expect(await tell(script)).toEqual(['hello', 'text/plain', 403])
  })

  it('keeps the notifications of a bucket', async () => {
    const script = `
s3.put_bucket_notification_configuration(Bucket="b-1", NotificationConfiguration={
    "EventBridgeConfiguration": {},
    "QueueConfigurations": [{"Id": "q", "QueueArn": "arn:aws:sqs:us-east-1:0:q", "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}]}}}]})
kept = s3.get_bucket_notification_configuration(Bucket="b-1")
kept.pop("ResponseMetadata")
print(json.dumps(kept))
`
    const rule = {Name: 'prefix', Value: 'in/'}
    const queue = {Id: 'q', QueueArn: 'arn:aws:sqs:us-east-1:0:q', Events: ['s3:ObjectCreated:*']}
    expect(await tell(script)).toEqual({
      EventBridgeConfiguration: {},
      QueueConfigurations: [{...queue, Filter: {Key: {FilterRules: [rule]}}}],
    })
  })
})
