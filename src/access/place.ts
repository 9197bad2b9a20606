// ARNs of the account, region and partition that a pipeline lives in.

export type AccountPlace = {readonly account: string; readonly region: string}

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'

/** By the region's name. Source: AWS General Reference, "Amazon Resource Names (ARNs)". */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** Of an ARN: `arn:aws:sagemaker:<region>:<account>:pipeline/<name>`. */
export function placeOfArn(arn: string): AccountPlace {
  const [, , , region = '', account = ''] = arn.split(':')
  return {region, account}
}

export function arn(place: AccountPlace, service: string, resource: string): string {
  return `arn:${partitionOf(place.region)}:${service}:${place.region}:${place.account}:${resource}`
}

export function roleArn({account, region}: AccountPlace, name: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role/${name}`
}

export function bucketArn({region}: AccountPlace, bucket: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`
}

/**
 * The ARNs of something that SageMaker knows by a name. It writes the name in small letters, and a policy compares letter by
 * letter, so that a name with capitals is given both ways.
 */
export function sageMakerArns(place: AccountPlace, type: string, name: string): string[] {
  return [...new Set([name, name.toLowerCase()])].map((one) => arn(place, 'sagemaker', `${type}/${one}`))
}

/** Who a role is passed to, or trusted by; EC2 and EMR have names of their own in China. */
export function servicePrincipal(service: string, {region}: AccountPlace): string {
  const isOwn = partitionOf(region) === 'aws-cn' && (service === 'ec2' || service === 'elasticmapreduce')
  return `${service}.amazonaws.com${isOwn ? '.cn' : ''}`
}
