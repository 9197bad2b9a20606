// The style sheet of a picture. Its rules hold below the picture's own id, so that several stand in one page, and they name every colour,
// because some programs that draw SVG know no custom properties.

import {darkTheme, lightTheme, type Theme, tones} from '../tones.ts'
import {fonts} from './text-box.ts'

export type SvgTheme = 'auto' | 'light' | 'dark'

export function styleSheet(root: string, theme: SvgTheme): string {
  const rules = theme === 'dark' ? colourRules(root, darkTheme) : colourRules(root, lightTheme)
  const dark = `@media (prefers-color-scheme: dark) {\n${colourRules(root, darkTheme).join('\n')}\n}`
  return [...shapeRules(root), ...rules, ...(theme === 'auto' ? [dark] : [])].join('\n')
}

function shapeRules(root: string): string[] {
  const {label, caption, status, note} = fonts
  return [
    `#${root} text {font-family: Helvetica, Arial, "Liberation Sans", sans-serif; font-size: ${caption.size}px}`,
    `#${root} .label {font-size: ${label.size}px; font-weight: bold}`,
    `#${root} .status {font-size: ${status.size}px; font-weight: bold}`,
    `#${root} .note, #${root} .edge-label {font-size: ${note.size}px}`,
    `#${root} .heading {font-size: 15px; font-weight: bold}`,
    `#${root} .box {stroke-width: 1.5}`,
    `#${root} .idle .box {stroke-dasharray: 4 3}`,
    `#${root} .inner {fill: none; stroke-width: 1}`,
    `#${root} .edge {fill: none; stroke-width: 1.5}`,
    `#${root} .edge-order {stroke-dasharray: 6 4}`,
    `#${root} .edge-trigger {stroke-dasharray: 2 3}`,
    `#${root} .edge-branch {stroke-width: 2.25}`,
  ]
}

function colourRules(root: string, theme: Theme): string[] {
  return [
    `#${root} .ground {fill: ${theme.background}}`,
    `#${root} .label, #${root} .heading, #${root} .legend text {fill: ${theme.text}}`,
    `#${root} .caption, #${root} .note, #${root} .edge-label {fill: ${theme.muted}}`,
    `#${root} .edge {stroke: ${theme.line}}`,
    `#${root} .tip {fill: ${theme.line}}`,
    ...tones.flatMap((tone) => {
      const {fill, stroke, text} = theme.tones[tone]
      return [
        `#${root} .${tone} .box {fill: ${fill}; stroke: ${stroke}}`,
        `#${root} .${tone} .inner {stroke: ${stroke}}`,
        `#${root} .${tone} .status {fill: ${text}}`,
      ]
    }),
  ]
}
