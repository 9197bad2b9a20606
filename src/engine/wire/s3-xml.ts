// XML as S3 writes it.

/** A document with S3's namespace. */
export function xmlDocument(name: string, inner: string): Uint8Array {
  const namespace = name === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${name}${namespace}>${inner}</${name}>`)
}

export function element(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`
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
