// Archives of a training job: model.tar.gz and output.tar.gz out, sourcedir.tar.gz in. node-tar is loaded when first needed.

import {readdir} from 'node:fs/promises'
import {clientFault} from './job-fault.ts'

/** Same files, same bytes: entries sorted, no times, no owners, and a gzip header that names no system. */
export async function packDirectory(directory: string, archivePath: string): Promise<void> {
  const {create} = await import('tar')
  const paths = (await readdir(directory, {recursive: true})).map((path) => path.replaceAll('\\', '/')).sort()
  // node-tar reads a leading @ as "the entries of that archive", and refuses to make an archive of nothing.
  const entries = paths.length === 0 ? ['.'] : paths.map((path) => (path.startsWith('@') ? `./${path}` : path))
  await create(
    {cwd: directory, file: archivePath, gzip: true, portable: true, mtime: new Date(0), noDirRecurse: true},
    entries,
  )
}

/** Unpacks below the directory; node-tar lets no entry out of it, by `..`, absolute path or link. */
export async function unpackArchive(archivePath: string, directory: string, owner: string): Promise<void> {
  const {extract} = await import('tar')
  try {
    await extract({cwd: directory, file: archivePath, strict: true, noMtime: true})
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw clientFault(`${owner} cannot be unpacked: ${why}`)
  }
}
