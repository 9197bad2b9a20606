// Values of pipeline parameters: texts on the wire ("3", "True"), typed in the definition language.

import type {ParameterType} from './types.ts'

/** The value as the definition language sees it; undefined when the text is not of the type. No type means String. */
export function parseParameterValue(
  type: ParameterType | undefined,
  text: string,
): string | number | boolean | undefined {
  switch (type) {
    case 'Integer':
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined
    case 'Float':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
    case 'Boolean':
      return parseBoolean(text)
    default:
      return text
  }
}

function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined
}
