// XML as S3 writes it.

import type {WireResponse} from '../message.ts'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** A response with a document in S3's namespace. */
export function xmlAnswer(name: string, inner: string, headers: WireResponse['headers'] = {}): WireResponse {
  const body = xmlDocument(name, inner)
  return {
    statusCode: 200,
    headers: {'content-type': 'application/xml', 'content-length': String(body.length), ...headers},
    body,
  }
}

export function xmlDocument(name: string, inner: string): Uint8Array {
  const attribute = name === 'Error' ? '' : ` xmlns="${namespace}"`
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${inner}</${name}>`)
}

export function element(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`
}

/** Nothing when there is no text. */
export function optionalElement(name: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : element(name, text)
}

/** Control characters have no place in XML 1.0; a client that expects them asks for `encoding-type=url`. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
}
