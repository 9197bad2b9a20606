// The address of a container image in Amazon ECR.

export type EcrImage = {
  readonly account: string
  readonly region: string
  readonly repository: string
  readonly reference: {readonly tag: string} | {readonly digest: string}
}

/** Source: Amazon ECR User Guide, "Amazon ECR private registry" (with .cn in China, ecr-fips for FIPS endpoints). */
const address =
  /^(\d{12}|[A-Z_]+)\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|[a-z0-9.-]+)\/([a-z0-9][a-z0-9._/-]*)(?::([\w][\w.-]*))?(?:@(sha256:[0-9a-f]{64}))?$/

/** Undefined for an image that lies elsewhere. */
export function parseEcrImage(uri: string): EcrImage | undefined {
  const [, account, region, repository, tag = 'latest', digest] = address.exec(uri) ?? []
  if (account === undefined || region === undefined || repository === undefined) return undefined
  return {account, region, repository, reference: digest === undefined ? {tag} : {digest}}
}
