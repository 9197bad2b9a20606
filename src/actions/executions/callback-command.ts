// The command that answers a callback, as it can be pasted when the values are filled in.

import {nextCommand, type Place, quoted} from '../next-commands.ts'

export function callbackCommand(token: string, outputs: readonly string[], place: Place): string {
  const values = outputs.map((name) => ` --output ${quoted(`${name}=VALUE`)}`).join('')
  return nextCommand(`executions callback ${token}${values}`, place)
}
