// sourcedir.tar.gz, the form in which SageMaker's framework images take a training script.

import {readFile} from 'node:fs/promises'
import {gzipSync} from 'node:zlib'
import type {BundleFile} from './bundle.ts'

/**
 * Packs files into a gzipped tar with fixed times, owners and permissions, so that equal files give equal archives.
 * Files are executable: the training toolkit starts shell scripts directly.
 */
export async function packSourceArchive(files: readonly BundleFile[]): Promise<Uint8Array> {
  const {Header, Pack, ReadEntry} = await import('tar')
  const pack = new Pack({portable: true})
  const chunks: Buffer[] = []
  pack.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (const file of files) {
    const content = await readFile(file.path)
    const header = new Header({path: file.name, mode: 0o755, size: content.length, type: 'File', mtime: new Date(0)})
    const entry = new ReadEntry(header)
    entry.end(content)
    pack.add(entry)
  }
  pack.end()
  await new Promise<void>((resolve, reject) => pack.on('end', resolve).on('error', reject))
  return gzipSync(Buffer.concat(chunks), {level: 6})
}
