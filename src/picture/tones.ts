// The colours of the pictures, light and dark. Every text has a contrast of 4.5 with what lies behind it, every line of 3 (WCAG 2.2,
// 1.4.3 and 1.4.11); test/picture/contrast.test.ts computes them.

import type {Tone} from './picture.ts'

export type ToneColours = {readonly fill: string; readonly stroke: string; readonly text: string}

export type Theme = {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly tones: Readonly<Record<Tone, ToneColours>>
}

export const tones: readonly Tone[] = ['plain', 'good', 'reused', 'work', 'open', 'bad', 'idle']

export const lightTheme: Theme = {
  background: '#ffffff',
  text: '#1f2328',
  muted: '#57606a',
  line: '#6e7781',
  tones: {
    plain: {fill: '#ffffff', stroke: '#6e7781', text: '#424a53'},
    good: {fill: '#e6f6ea', stroke: '#1a7f37', text: '#116329'},
    reused: {fill: '#e3f2fd', stroke: '#0969da', text: '#0550ae'},
    work: {fill: '#fff5d6', stroke: '#9a6700', text: '#7d4e00'},
    open: {fill: '#f5edff', stroke: '#8250df', text: '#6639ba'},
    bad: {fill: '#ffecea', stroke: '#cf222e', text: '#a40e26'},
    idle: {fill: '#f3f4f6', stroke: '#7d8590', text: '#57606a'},
  },
}

export const darkTheme: Theme = {
  background: '#0d1117',
  text: '#e6edf3',
  muted: '#a3adb8',
  line: '#8b949e',
  tones: {
    plain: {fill: '#161b22', stroke: '#8b949e', text: '#c9d1d9'},
    good: {fill: '#0f2a18', stroke: '#3fb950', text: '#7ee787'},
    reused: {fill: '#0d2440', stroke: '#4493f8', text: '#a5d6ff'},
    work: {fill: '#2f2408', stroke: '#d29922', text: '#f2cc60'},
    open: {fill: '#271a40', stroke: '#a371f7', text: '#d2a8ff'},
    bad: {fill: '#3a1418', stroke: '#f85149', text: '#ffaba8'},
    idle: {fill: '#1c2128', stroke: '#7d8590', text: '#a3adb8'},
  },
}
