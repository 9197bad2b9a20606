// What a request is about, read from its input: the member that names the thing.

/** Asked for in this order; of the others, the first that ends in Name or Arn. */
const naming = [
  'PipelineExecutionArn',
  'PipelineName',
  'ModelPackageArn',
  'ModelPackageGroupName',
  'logStreamName',
  'logGroupName',
  'repositoryName',
]

/** `s3://bucket/key`, `"churn"`; undefined for a request that names nothing. */
export function subjectOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const texts = new Map(
    Object.entries(input).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
  const bucket = texts.get('Bucket')
  if (bucket !== undefined) return `s3://${[bucket, texts.get('Key') ?? texts.get('Prefix') ?? ''].join('/')}`

  const name = naming.find((key) => texts.has(key)) ?? [...texts.keys()].find((key) => /(Name|Arn|^Rule)$/.test(key))
  const value = name === undefined ? undefined : texts.get(name)
  return value === undefined ? undefined : `"${value}"`
}
