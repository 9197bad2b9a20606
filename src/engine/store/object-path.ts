// Where an object lies on disk: keys stay readable as paths, yet any key is safe and has a place of its own.
//
// A key's components become directories and a file. What a file system cannot hold is escaped with `%`, which
// itself becomes `%25`, so the way back is exact: an empty component `%empty`, `.` and `..` as `%2E`, NUL as `%00`,
// and a component over 200 bytes is cut into directories whose names end in `%more`. Where the object `a` stands
// beside `a/b`, the object lies at `a%object`. Limit: on a file system that ignores case, `A` and `a` collide.

const longestName = 200

/** S3's rule for bucket names ("Bucket naming rules"), which also keeps a bucket inside the store. */
export const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** S3: a key has at most 1,024 bytes ("Creating object key names"). */
export const maxKeyBytes = 1024

export const besideDirectory = '%object'

/** The parts of the relative path of a key. */
export function encodeKey(key: string): string[] {
  return key.split('/').flatMap(encodeComponent)
}

function encodeComponent(component: string): string[] {
  if (component === '') return ['%empty']
  if (component === '.' || component === '..') return [component.replaceAll('.', '%2E')]
  const escaped = escapeText(component)
  if (Buffer.byteLength(escaped) <= longestName) return [escaped]
  return cut(component)
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\0', '%00')
}

function cut(component: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of component) {
    const escaped = escapeText(character)
    if (Buffer.byteLength(piece + escaped) > longestName) {
      pieces.push(`${piece}%more`)
      piece = ''
    }
    piece += escaped
  }
  return [...pieces, piece]
}

/** The key text that a directory's name stands for, with the slash that follows it, if one does. */
export function decodeDirectory(name: string): string {
  if (name.endsWith('%more')) return decodeName(name.slice(0, -'%more'.length))
  return `${decodeName(name)}/`
}

export function decodeFile(name: string): string {
  return decodeName(name.endsWith(besideDirectory) ? name.slice(0, -besideDirectory.length) : name)
}

function decodeName(name: string): string {
  if (name === '%empty') return ''
  return name.replaceAll('%2E', '.').replaceAll('%00', '\0').replaceAll('%25', '%')
}
