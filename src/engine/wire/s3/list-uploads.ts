// ListParts and ListMultipartUploads.

import type {Part, Upload} from '../../store/uploads.ts'
import {ownerElement} from './buckets.ts'
import {queryText, type S3Answer, type S3Call} from './call.ts'
import {checksumMember} from './checksums.ts'
import {refuse} from './faults.ts'
import {pageOfKeys} from './key-pages.ts'
import {readEncoding, readMost} from './list-objects.ts'
import {findUpload} from './uploads.ts'
import {element, optionalElement, xmlAnswer} from './xml.ts'

const mostPerPage = 1000

export async function listParts(call: S3Call): Promise<S3Answer> {
  const upload = findUpload(call)
  const most = readMost(call, 'max-parts', mostPerPage)
  const marker = queryText(call, 'part-number-marker') === '' ? 0 : readMost(call, 'part-number-marker', 10_000)
  const rest = call.uploads.parts(upload.id).filter(({number}) => number > marker)
  const shown = rest.slice(0, most)
  const isTruncated = most > 0 && shown.length < rest.length
  const inner = [
    element('Bucket', call.bucket),
    element('Key', call.key),
    element('UploadId', upload.id),
    ownerElement('Initiator'),
    ownerElement(),
    element('StorageClass', 'STANDARD'),
    element('PartNumberMarker', marker),
    isTruncated ? element('NextPartNumberMarker', shown.at(-1)?.number ?? 0) : '',
    element('MaxParts', most),
    element('IsTruncated', isTruncated),
    renderChecksumKind(upload),
    ...shown.map(renderPart),
  ]
  return xmlAnswer('ListPartsResult', inner.join(''))
}

function renderPart({number, size, modifiedAtMs, etag, checksum}: Part): string {
  const members = [
    element('PartNumber', number),
    element('LastModified', new Date(modifiedAtMs).toISOString()),
    element('ETag', `"${etag}"`),
    element('Size', size),
    checksum ? element(checksumMember(checksum.algorithm), checksum.value) : '',
  ]
  return `<Part>${members.join('')}</Part>`
}

/** By key, then by age. A page goes on after the pair of key and upload that `key-marker` and `upload-id-marker` name. */
export async function listMultipartUploads(call: S3Call): Promise<S3Answer> {
  if (!(await call.objects.hasBucket(call.bucket))) return refuse('NoSuchBucket')
  const [prefix, delimiter] = [queryText(call, 'prefix'), queryText(call, 'delimiter')]
  const [keyMarker, idMarker] = [queryText(call, 'key-marker'), queryText(call, 'upload-id-marker')]
  const most = readMost(call, 'max-uploads', mostPerPage)
  const encode = readEncoding(call)

  const rest = uploadsAfter(call, keyMarker, idMarker).filter(({key}) => key.startsWith(prefix))
  const after = delimiter === '' || idMarker !== '' ? '' : keyMarker
  const {shown, isTruncated} = pageOfKeys(rest, {prefix, delimiter, after, most})
  const last = shown.at(-1)
  const inner = [
    element('Bucket', call.bucket),
    element('KeyMarker', encode(keyMarker)),
    element('UploadIdMarker', idMarker),
    isTruncated ? element('NextKeyMarker', encode(last?.name ?? '')) : '',
    isTruncated ? optionalElement('NextUploadIdMarker', last?.item?.id) : '',
    optionalElement('Delimiter', encode(delimiter)),
    element('Prefix', encode(prefix)),
    optionalElement('EncodingType', queryText(call, 'encoding-type')),
    element('MaxUploads', most),
    element('IsTruncated', isTruncated),
    ...shown.map(({name, item}) =>
      item ? renderUpload(item, encode) : `<CommonPrefixes>${element('Prefix', encode(name))}</CommonPrefixes>`,
    ),
  ]
  return xmlAnswer('ListMultipartUploadsResult', inner.join(''))
}

function uploadsAfter({uploads, bucket}: S3Call, keyMarker: string, idMarker: string): Upload[] {
  const byKey = (left: Upload, right: Upload) => Buffer.compare(Buffer.from(left.key), Buffer.from(right.key))
  const sorted = uploads.list(bucket).sort(byKey)
  if (keyMarker === '') return sorted
  const at = sorted.findIndex(({key, id}) => key === keyMarker && id === idMarker)
  if (at >= 0) return sorted.slice(at + 1)
  return sorted.filter(({key}) => Buffer.compare(Buffer.from(key), Buffer.from(keyMarker)) > 0)
}

function renderUpload(upload: Upload, encode: (text: string) => string): string {
  const members = [
    element('Key', encode(upload.key)),
    element('UploadId', upload.id),
    ownerElement('Initiator'),
    ownerElement(),
    element('StorageClass', 'STANDARD'),
    element('Initiated', new Date(upload.startedAtMs).toISOString()),
    renderChecksumKind(upload),
  ]
  return `<Upload>${members.join('')}</Upload>`
}

function renderChecksumKind({algorithm, isComposite}: Upload): string {
  if (algorithm === undefined) return ''
  const type = isComposite ? 'COMPOSITE' : 'FULL_OBJECT'
  return element('ChecksumAlgorithm', algorithm) + element('ChecksumType', type)
}
