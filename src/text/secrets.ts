// Takes credentials out of a text before anybody sees it. Known values go first; then whatever has the look of a credential,
// since AWS repeats in some refusals what it was sent (SignatureDoesNotMatch: the canonical request, with its headers).

const mark = '[redacted]'

/** What carries a credential by its name: headers, query parameters, members of JSON, lines of ~/.aws/credentials. */
const names = [
  'authorization',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-credential',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_access_key_id',
  'secretaccesskey',
  'sessiontoken',
  'accesskeyid',
  'accesstoken',
  'refreshtoken',
  'clientsecret',
  'proxy-authorization',
  'signatureprovided',
  'awsaccesskeyid',
].join('|')

const patterns: readonly (readonly [RegExp, string])[] = [
  // A scheme and all of its parts: `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, `Bearer …`.
  [/\bAWS4-HMAC-SHA256\s+Credential=[^\n"'<>]*/gi, mark],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g, `$1 ${mark}`],
  [new RegExp(`\\b(${names})(["']?\\s*[:=]\\s*["']?)(?!\\[redacted)[^\\s"'&,;<>]+`, 'gi'), `$1$2${mark}`],
  [new RegExp(`<(${names})>[^<]*`, 'gi'), `<$1>${mark}`],
  // https://user:word@host
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]+@/gi, `$1${mark}@`],
  // Ids of access keys; the prefixes are those of the IAM User Guide, "IAM identifiers", "Unique identifiers".
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, mark],
]

/** Shorter values (`test`, `local`) are words, and nobody's secret. */
const shortestSecret = 8

/** `known`: the credentials that are in use, as far as they are known. */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const unknown = known
    .filter((value) => value.length >= shortestSecret)
    .reduce((rest, value) => rest.replaceAll(value, mark), text)
  const named = patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), unknown)
  return named.replace(/(?<![\w+/])[A-Za-z0-9+/]{40,}={0,2}(?![\w+/=])/g, (run) => (looksRandom(run) ? mark : run))
}

const secretVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
]

const addressVariable = /^(aws_endpoint_url(_\w+)?|(https?|all)_proxy)$/i

/** The credentials that an environment holds, those in the addresses of endpoints and proxies among them. */
export function secretsOfEnvironment(env: Readonly<Record<string, string | undefined>>): string[] {
  const values = secretVariables.flatMap((name) => env[name] ?? [])
  const addresses = Object.entries(env).flatMap(([name, value = '']) => (addressVariable.test(name) ? [value] : []))
  const passwords = addresses.flatMap((address) => {
    const [, password] = /^[a-z]+:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/i.exec(address) ?? []
    return password ?? []
  })
  // Longest first, so that no part of a value keeps the rest of it from being found.
  return [...values, ...passwords].sort((a, b) => b.length - a.length)
}

/**
 * A secret access key has 40 characters of base64, a session token hundreds, and both change between capital, small letter and
 * digit at every other character. Paths of that length do not, nor do hashes in hexadecimal, which have one case only.
 */
function looksRandom(run: string): boolean {
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run) || !/\d/.test(run)) return false
  const kinds = [...run].map(kindOf)
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length
  return changes > run.length * 0.33
}

function kindOf(character: string): 'capital' | 'small' | 'digit' | 'sign' {
  if (/[A-Z]/.test(character)) return 'capital'
  if (/[a-z]/.test(character)) return 'small'
  return /\d/.test(character) ? 'digit' : 'sign'
}
