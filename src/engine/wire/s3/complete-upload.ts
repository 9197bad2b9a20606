// CompleteMultipartUpload: the parts become an object, in one transaction with the end of the upload.

import {createHash} from 'node:crypto'
import {findRecord, type ObjectEntry, type ObjectRecord} from '../../store/object-records.ts'
import {type Part, readParts, type Upload} from '../../store/uploads.ts'
import type {S3Answer, S3Call} from './call.ts'
import {
  algorithms,
  checksumHeader,
  checksumMember,
  compositeChecksum,
  parseAlgorithm,
  startChecksum,
} from './checksums.ts'
import {checkWrite} from './conditions.ts'
import {refuse, S3Error} from './faults.ts'
import {readXmlBody} from './payload.ts'
import {findAnyUpload} from './uploads.ts'
import {element, xmlAnswer} from './xml.ts'
import {childrenNamed, childText, parseXml, type XmlElement} from './xml-reader.ts'

/** S3: every part but the last has at least 5 MiB ("Amazon S3 multipart upload limits"). */
const leastPartBytes = 5 * 1024 ** 2

export async function completeMultipartUpload(call: S3Call): Promise<S3Answer> {
  const {incoming, objects, uploads, bucket, key, db} = call
  const upload = findAnyUpload(call)
  const document = parseXml(await readDocument(call))
  const listed = document?.name === 'CompleteMultipartUpload' ? childrenNamed(document, 'Part') : []
  if (listed.length === 0) return refuse('MalformedXML')
  // A client whose connection broke asks again.
  if (upload.completed) return renderCompleted(call, upload.completed)

  const parts = chooseParts(upload, uploads.parts(upload.id), listed)
  checkDeclaredSize(call, parts)
  const assembled = assemble(upload, parts)
  const present = await objects.head(bucket, key)
  if (present && incoming.headers.has('if-match')) await objects.records([present])
  let record: ObjectRecord = {etag: '', headers: {}}
  const settle = (there: ObjectEntry | undefined) => {
    checkWrite(incoming.headers, there, (entry) => findRecord(db, entry)?.etag)
    record = {etag: compositeEtag(parts), headers: upload.headers, checksum: assembled.checksum()}
    checkDeclaredChecksum(call, record)
    if (!uploads.complete(upload.id, record, call.now())) throw new S3Error('NoSuchUpload')
    return record
  }
  try {
    await objects.putStream(bucket, key, assembled.chunks, {settle, reason: 'CompleteMultipartUpload'})
  } catch (error) {
    // Another request may have ended the upload, and taken the files of the parts away.
    const now = uploads.find(upload.id)
    if (now?.completed) return renderCompleted(call, now.completed)
    throw now ? error : new S3Error('NoSuchUpload')
  }
  await uploads.sweep(upload.id)
  return renderCompleted(call, record)
}

/** The checksum in this request's headers is the object's, not the document's. */
async function readDocument({incoming}: S3Call): Promise<string> {
  const own = [...incoming.headers].filter(([name]) => !name.startsWith('x-amz-checksum-'))
  return readXmlBody({...incoming, headers: new Map(own)})
}

/** The parts that the document lists, in its order, which must be that of their numbers. */
function chooseParts(upload: Upload, kept: readonly Part[], listed: readonly XmlElement[]): Part[] {
  const byNumber = new Map(kept.map((part) => [part.number, part]))
  const chosen: Part[] = []
  for (const element of listed) {
    const number = Number(childText(element, 'PartNumber')?.trim() ?? Number.NaN)
    const etag = childText(element, 'ETag')?.trim()
    if (!Number.isInteger(number) || etag === undefined) throw new S3Error('MalformedXML')
    if (number <= (chosen.at(-1)?.number ?? 0)) throw new S3Error('InvalidPartOrder')
    const part = byNumber.get(number)
    if (!part || part.etag !== etag.replace(/^"|"$/g, '')) throw new S3Error('InvalidPart')
    checkPartChecksum(upload, part, element)
    chosen.push(part)
  }
  if (chosen.slice(0, -1).some(({size}) => size < leastPartBytes)) throw new S3Error('EntityTooSmall')
  return chosen
}

function checkPartChecksum({algorithm, isComposite}: Upload, {number, checksum}: Part, listed: XmlElement): void {
  const known = algorithms.find((each) => childText(listed, checksumMember(each)) !== undefined)
  const value = known && childText(listed, checksumMember(known))?.trim()
  if (value !== undefined && (checksum?.algorithm !== known || checksum?.value !== value))
    throw new S3Error('InvalidPart')
  if (algorithm === undefined || !isComposite || value !== undefined) return
  const message =
    `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum ` +
    `for each part. It was missing for part ${number} in the request.`
  throw new S3Error('InvalidRequest', message)
}

function checkDeclaredSize({incoming}: S3Call, parts: readonly Part[]): void {
  const declared = incoming.headers.get('x-amz-mp-object-size')
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  if (declared === undefined || Number(declared) === size) return
  const message = `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${size}`
  throw new S3Error('InvalidRequest', message)
}

function checkDeclaredChecksum({incoming}: S3Call, {checksum}: ObjectRecord): void {
  const declared = checksum && incoming.headers.get(checksumHeader(checksum.algorithm))
  if (declared === undefined || declared === checksum?.value) return
  // A composite one may be given without the number of its parts.
  if (checksum?.isComposite && checksum.value.startsWith(`${declared}-`)) return
  throw new S3Error('BadDigest', `The ${checksum?.algorithm} you specified did not match the calculated checksum.`)
}

/** The bytes of all parts, and the checksum of the whole, which is known when they have been read. */
function assemble({algorithm, isComposite}: Upload, parts: readonly Part[]) {
  const known = parseAlgorithm(algorithm)
  const running = known && !isComposite ? startChecksum(known) : undefined
  async function* read(): AsyncGenerator<Uint8Array> {
    for await (const chunk of readParts(parts)) {
      running?.update(chunk)
      yield chunk
    }
  }
  const checksum = (): ObjectRecord['checksum'] => {
    if (!known) return undefined
    const whole = running?.digest().toString('base64')
    if (whole !== undefined) return {algorithm: known, value: whole, isComposite: false}
    const values = parts.map((part) => part.checksum?.value ?? '')
    return {algorithm: known, value: compositeChecksum(known, values), isComposite: true}
  }
  return {chunks: read(), checksum}
}

function compositeEtag(parts: readonly Part[]): string {
  const hash = createHash('md5')
  for (const {etag} of parts) hash.update(Buffer.from(etag, 'hex'))
  return `${hash.digest('hex')}-${parts.length}`
}

function renderCompleted({bucket, key, incoming}: S3Call, {etag, checksum}: ObjectRecord): S3Answer {
  const host = incoming.headers.get('host') ?? incoming.request.hostname
  const inner = [
    element('Location', `http://${host}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', `"${etag}"`),
    ...(checksum
      ? [
          element(checksumMember(checksum.algorithm), checksum.value),
          element('ChecksumType', checksum.isComposite ? 'COMPOSITE' : 'FULL_OBJECT'),
        ]
      : []),
  ]
  return xmlAnswer('CompleteMultipartUploadResult', inner.join(''))
}
