// Policies as Terraform's HCL. Source: AWS provider, aws_iam_policy_document, aws_iam_policy, aws_iam_role,
// aws_iam_role_policy_attachment; Terraform language, "Strings and templates" (what must be escaped).

import type {Condition, Statement, TrustStatement} from '../../access/grants.ts'
import type {IamResult, PrincipalPolicies} from '../../actions/iam.ts'

type Value = string | readonly string[] | Bare
/** An expression, such as a reference to another resource. */
type Bare = {readonly expression: string}

type Block = {readonly head: string; readonly body: readonly (readonly [string, Value] | Block)[]}

export function terraformText({pipeline, principals}: IamResult): string {
  const blocks = principals.flatMap(blocksOf)
  return [`# Who may deploy, run and trigger the SageMaker pipeline ${pipeline}.`, ...blocks.map(renderBlock)]
    .join('\n\n')
    .concat('\n')
}

function blocksOf({principal, name, path, trust, policies}: PrincipalPolicies): Block[] {
  const role: Block[] = trust
    ? [
        {head: `data "aws_iam_policy_document" "${principal}_trust"`, body: trust.Statement.map(trustBlock)},
        {
          head: `resource "aws_iam_role" "${principal}"`,
          body: [
            ['name', name],
            ['path', path ?? '/'],
            ['assume_role_policy', {expression: `data.aws_iam_policy_document.${principal}_trust.json`}],
          ],
        },
      ]
    : []
  const own = policies.flatMap((policy, index): Block[] => {
    const id = index === 0 ? principal : `${principal}_${index + 1}`
    const attachment: Block = {
      head: `resource "aws_iam_role_policy_attachment" "${id}"`,
      body: [
        ['role', {expression: `aws_iam_role.${principal}.name`}],
        ['policy_arn', {expression: `aws_iam_policy.${id}.arn`}],
      ],
    }
    return [
      {head: `data "aws_iam_policy_document" "${id}"`, body: policy.document.Statement.map(statementBlock)},
      {
        head: `resource "aws_iam_policy" "${id}"`,
        body: [
          ['name', policy.name],
          ['policy', {expression: `data.aws_iam_policy_document.${id}.json`}],
        ],
      },
      ...(trust ? [attachment] : []),
    ]
  })
  return [...role, ...own]
}

function statementBlock({Sid, Effect, Action, Resource, Condition}: Statement): Block {
  return {
    head: 'statement',
    body: [
      ['sid', Sid],
      ['effect', Effect],
      ['actions', Action],
      ['resources', Resource],
      ...conditionBlocks(Condition),
    ],
  }
}

function trustBlock({Effect, Principal, Action, Condition}: TrustStatement): Block {
  return {
    head: 'statement',
    body: [
      ['effect', Effect],
      ['actions', [Action]],
      {
        head: 'principals',
        body: [
          ['type', 'Service'],
          ['identifiers', [Principal.Service]],
        ],
      },
      ...conditionBlocks(Condition),
    ],
  }
}

function conditionBlocks(condition: Condition = {}): Block[] {
  return Object.entries(condition).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({
      head: 'condition',
      body: [['test', test] as const, ['variable', variable] as const, ['values', values] as const],
    })),
  )
}

/** Names are lined up among neighbours, as `terraform fmt` does; a list of several stands on lines of its own. */
function renderBlock({head, body}: Block): string {
  const widths = alignment(body)
  const lines = body.flatMap((item, index) => {
    if ('head' in item) return [...(index === 0 ? [] : ['']), ...renderBlock(item).split('\n')]
    const [name, value] = item
    return `${name.padEnd(widths[index] ?? 0)} = ${renderValue(value)}`.split('\n')
  })
  return [`${head} {`, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'].join('\n')
}

/** For each item the width of its name's column: attributes on one line that follow each other share it. */
function alignment(body: Block['body']): number[] {
  const widths = body.map((item) => ('head' in item ? 0 : item[0].length))
  const isOneLine = body.map((item) => !('head' in item) && !isLong(item[1]))
  let start = 0
  for (let index = 0; index <= body.length; index++) {
    if (isOneLine[index]) continue
    const widest = Math.max(0, ...widths.slice(start, index))
    widths.fill(widest, start, index)
    start = index + 1
  }
  return widths
}

function isLong(value: Value): boolean {
  return Array.isArray(value) && value.length > 1
}

function renderValue(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if ('expression' in value) return value.expression
  const texts = value.map(quoted)
  return texts.length > 1 ? `[\n${texts.map((text) => `  ${text},`).join('\n')}\n]` : `[${texts.join('')}]`
}

/** Quotes and backslashes as JSON has them; what opens a template is doubled. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{')
}
