import {expect, it} from 'vitest'
import {logText, oneLine, printable} from '../../src/views/printable.ts'

it.each([
  ['colours', '\u001B[1;31mred\u001B[0m', 'red'],
  ['a cleared screen', 'a\u001B[2J\u001B[Hb', 'ab'],
  ['a window title, ended by BEL or ST', '\u001B]0;owned\u0007a\u001B]2;x\u001B\\b', 'ab'],
  ['a link', '\u001B]8;;http://x\u001B\\text\u001B]8;;\u001B\\', 'text'],
  ['control sequences in C1', '\u009B31mred', 'red'],
  ['a full reset and a charset', '\u001Bca\u001B(0b', 'ab'],
  ['an escape that is cut off', 'a\u001B[', 'a'],
  ['bell, backspace and null', 'a\u0007\u0008\u0000b', 'ab'],
  ['an override of the reading direction', 'a\u202Eb', 'ab'],
  ['nothing of other scripts', 'wëird 測試 🎉', 'wëird 測試 🎉'],
  ['no line break or tab', 'a\r\nb\tc', 'a\nb\tc'],
])('takes away %s', (_what, text, shown) => {
  expect(printable(text)).toBe(shown)
})

it.each([
  ['a bar drawn over itself', '\r 10%\r 50%\r100%', '100%'],
  ['a line end of Windows', 'done\r', 'done'],
  ['a tab', 'a\tb', 'a    b'],
  ['indentation', '  File "x.py"', '  File "x.py"'],
])('a log line with %s', (_what, line, shown) => {
  expect(logText(line)).toBe(shown)
})

it('a message of several lines becomes one', () => {
  expect(oneLine(' a\n  b\tc\u001B[0m ')).toBe('a b c')
})
