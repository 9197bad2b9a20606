// What the operating system's error codes mean, in words; the database has its own for what the system forbids it.

const problems: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many open files',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  SQLITE_READONLY: 'you may not write its files',
  SQLITE_CANTOPEN: 'you may not open its files',
  SQLITE_FULL: 'the disk is full',
}

/** Undefined for an error that is none of the operating system's, or none that is known. */
export function systemProblem(error: Error): string | undefined {
  if (!('code' in error) || typeof error.code !== 'string') return undefined
  // `SQLITE_READONLY_DIRECTORY` and the like say more closely what SQLITE_READONLY says.
  const [whole = ''] = /^SQLITE_[A-Z]+|^.*$/.exec(error.code) ?? []
  return problems[whole]
}
