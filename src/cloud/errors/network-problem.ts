// Why no answer came: Node's error codes of sockets, names and certificates, in words.

import type {Meaning} from './error-table.ts'

type Problem = {readonly why: string; readonly nextSteps: readonly string[]}

const proxyStep = 'NODE_EXTRA_CA_CERTS=/path/to/ca.pem mlpipe …  (trusts the certificate of a proxy)'
const onlineSteps = ['try again, or look at the network, the VPN and the proxy']

const problems = new Map<string, Problem>([
  ...each('ENOTFOUND EAI_AGAIN EAI_FAIL EAI_NODATA EAI_NONAME', {
    why: 'its host name cannot be resolved',
    nextSteps: ['look at the network, the DNS, and how the region and AWS_ENDPOINT_URL are spelt'],
  }),
  ...each('ECONNREFUSED', {
    why: 'nothing listens there',
    nextSteps: ['look at AWS_ENDPOINT_URL, the proxy and the firewall'],
  }),
  ...each('ECONNRESET EPIPE ECONNABORTED ERR_STREAM_PREMATURE_CLOSE UND_ERR_SOCKET', {
    why: 'the connection broke',
    nextSteps: onlineSteps,
  }),
  ...each('ETIMEDOUT ESOCKETTIMEDOUT UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT', {
    why: 'it took too long',
    nextSteps: onlineSteps,
  }),
  ...each('EHOSTUNREACH ENETUNREACH EHOSTDOWN ENETDOWN EADDRNOTAVAIL', {
    why: 'there is no way to it through the network',
    nextSteps: onlineSteps,
  }),
  ...each('CERT_HAS_EXPIRED CERT_NOT_YET_VALID', {
    why: 'its certificate is not valid at the time of this machine',
    nextSteps: ['date -u  (is the clock right?)', proxyStep],
  }),
  ...each(
    `SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_UNTRUSTED CERT_REJECTED INVALID_CA`,
    {why: 'its certificate is signed by nobody that Node.js trusts, as that of a proxy', nextSteps: [proxyStep]},
  ),
  ...each('ERR_TLS_CERT_ALTNAME_INVALID HOSTNAME_MISMATCH', {
    why: 'its certificate is that of another host, as that of a proxy or a captive portal',
    nextSteps: onlineSteps,
  }),
])

function each(codes: string, problem: Problem): [string, Problem][] {
  return codes.split(/\s+/).map((code) => [code, problem])
}

/** Undefined for an error that is none of the network's. */
export function networkProblem(error: Error): Meaning | undefined {
  const code = codeOf(error)
  const problem = problems.get(code ?? '') ?? (error.name === 'TimeoutError' ? problems.get('ETIMEDOUT') : undefined)
  if (problem) return {code: 'service-unreachable', says: 'got no answer', ...problem}
  // Whatever else TLS (EPROTO, ERR_SSL_…) and the HTTP parser (HPE_…) say: the other side speaks something else.
  if (code === undefined || !/^(EPROTO$|ERR_SSL_|ERR_TLS_|HPE_)/.test(code)) return undefined
  return {
    code: 'service-unreachable',
    says: 'got no answer',
    why: 'what answered speaks something else than was asked for (http instead of https, or no HTTP at all)',
    nextSteps: ['look at AWS_ENDPOINT_URL and the proxy'],
  }
}

/** Node tries several addresses at once and tells of all of them in an AggregateError; the first one stands for them. */
function codeOf(error: Error, depth = 0): string | undefined {
  if ('code' in error && typeof error.code === 'string' && error.code !== 'ERR_UNHANDLED_ERROR') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner instanceof Error && depth < 5 ? codeOf(inner, depth + 1) : undefined
}
