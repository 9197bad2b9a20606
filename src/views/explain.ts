// `mlpipe explain`: a paragraph and an example, or the keys of a step type or a kind of trigger.

import type {
  CodeExplanation,
  ExplainIndex,
  ExplainResult,
  KeyExplanation,
  StepTypeExplanation,
  TriggerKindExplanation,
} from '../actions/explain.ts'
import {wrap} from './flow.ts'
import {type Paint, painter} from './style.ts'
import {fields} from './table.ts'
import {asItIs, type Screen, type View} from './view.ts'

type Key = KeyExplanation['keys'][number]

/** Prose is easier to read when it is not as wide as the screen. */
const widestProse = 100

export const explainView: View<ExplainResult> = {
  human: (result, screen) => lines(result, screen, painter(screen.colour)).join('\n'),
  json: asItIs,
}

function lines(result: ExplainResult, screen: Screen, paint: Paint): string[] {
  switch (result.kind) {
    case 'index':
      return indexLines(result, screen, paint)
    case 'code':
      return codeLines(result, screen, paint)
    case 'step-type':
      return stepTypeLines(result, screen, paint)
    case 'trigger-kind':
      return triggerKindLines(result, screen, paint)
    case 'key':
      return keyLines(result, screen, paint)
  }
}

function indexLines({codes, stepTypes, triggerKinds, keys}: ExplainIndex, {width}: Screen, paint: Paint): string[] {
  const described = (items: ExplainIndex['keys']) =>
    indented(
      fields(
        items.map(({name, description}) => [name, description] as const),
        width - 2,
      ),
    )
  return [
    paint.bold('step types'),
    ...described(stepTypes),
    '',
    paint.bold('kinds of triggers'),
    ...described(triggerKinds),
    '',
    paint.bold('keys at the top of the spec'),
    ...described(keys),
    '',
    paint.bold('diagnostic codes'),
    ...indented(wrap(codes.join(', '), Math.min(width, widestProse) - 2)),
  ]
}

function codeLines({code, text, wrong, right}: CodeExplanation, screen: Screen, paint: Paint): string[] {
  return [
    paint.bold(code),
    ...prose(text, screen),
    '',
    paint.red('wrong'),
    ...indented(codeOf(wrong)),
    '',
    paint.green('right'),
    ...indented(codeOf(right)),
  ]
}

function stepTypeLines(result: StepTypeExplanation, screen: Screen, paint: Paint): string[] {
  const {name, stepType, description, keys, references, example} = result
  const of = stepType === '' ? '' : `  (SageMaker: ${stepType})`
  const paths = references.map((reference) => `\${steps.STEP.${reference}}`)
  return [
    `${paint.bold(name)}${of}`,
    ...prose(`A ${name} step ${description}.`, screen),
    '',
    paint.bold('keys'),
    ...keyTable(keys, screen),
    '',
    ...(paths.length === 0 ? [] : [paint.bold('references to it'), ...indented(paths), '']),
    paint.bold('example'),
    ...indented(codeOf(example)),
  ]
}

function triggerKindLines(result: TriggerKindExplanation, screen: Screen, paint: Paint): string[] {
  const {name, description, keys, example} = result
  return [
    paint.bold(`triggers.${name}`),
    ...prose(`A trigger with "${name}" ${description}.`, screen),
    '',
    paint.bold('keys'),
    ...keyTable(keys, screen),
    '',
    paint.bold('example'),
    ...indented(codeOf(example)),
  ]
}

function keyLines({path, isRequired, description, form, keys}: KeyExplanation, screen: Screen, paint: Paint): string[] {
  return [
    `${paint.bold(path)}${isRequired ? '  (required)' : ''}`,
    ...prose(description, screen),
    '',
    ...indented(fields([['takes', form]], screen.width - 2)),
    ...(keys.length === 0 ? [] : ['', paint.bold('keys'), ...keyTable(keys, screen)]),
  ]
}

/** A star stands beside a key that must be there, with a word about it below. */
function keyTable(keys: readonly Key[], {width}: Screen): string[] {
  const rows = keys.map(
    ({name, isRequired, description, form}) =>
      [`${name}${isRequired ? ' *' : ''}`, `${description} [${form}]`] as const,
  )
  const legend = keys.some(({isRequired}) => isRequired) ? ['* required'] : []
  return indented([...fields(rows, width - 2), ...legend])
}

function prose(text: string, {width}: Screen): string[] {
  return indented(wrap(text, Math.min(width, widestProse) - 2))
}

function codeOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}

function indented(rows: readonly string[]): string[] {
  return rows.map((row) => (row === '' ? '' : `  ${row}`))
}
