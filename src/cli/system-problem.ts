// What the operating system's error codes mean, in words.

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
}

/** Undefined for an error that is none of the operating system's, or none that is known. */
export function systemProblem(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? problems[error.code] : undefined
}
