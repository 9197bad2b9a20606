// `mlpipe iam`: the three formats of whole specs, and which target they are for.

import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {type IamResult, iam, policyFormats} from '../../src/actions/iam.ts'
import {iamView, policyText} from '../../src/views/iam/iam.ts'
import {fakeState, fakeWorld} from '../support/fake-cloud.ts'
import {expectGolden, goldenCases} from '../support/golden.ts'
import {tempDir} from '../support/temp-dir.ts'

const worldIn = (cwd: string, env = {}) => ({...fakeWorld(fakeState()), cwd, env})
const files = {json: 'policies.json', cloudformation: 'template.json', terraform: 'policies.tf'} as const

describe.each(goldenCases('iam'))('$name', (golden) => {
  it.each(policyFormats)('%s', async (format) => {
    const result = await iam({format}, worldIn(golden.directory))
    await expectGolden(golden, files[format], policyText(result))
  })

  it('the template says what the documents say, and every reference in it leads to something', async () => {
    const result = await iam({format: 'cloudformation'}, worldIn(golden.directory))
    const template = parse(policyText(result)) as Template
    const policies = Object.values(template.Resources).filter(({Type}) => Type === 'AWS::IAM::ManagedPolicy')
    expect(policies.map(({Properties}) => Properties.PolicyDocument)).toEqual(documentsOf(result))
    const names = [...JSON.stringify(template).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(
      ([, name = '']) => name,
    )
    expect(names.filter((name) => !(name in template.Resources))).toEqual([])
    expect(names.length).toBeGreaterThan(0)
  })

  it('the Terraform text is whole: blocks and strings close, references lead to something, every action is in it', async () => {
    const result = await iam({format: 'terraform'}, worldIn(golden.directory))
    const text = policyText(result)
    expect(unclosed(text)).toBe('')
    const declared = new Set(
      [...text.matchAll(/^(?:data|resource) "(\w+)" "(\w+)" \{$/gm)].map(([, type, name]) => `${type}.${name}`),
    )
    const referred = [...text.matchAll(/= (?:data\.)?(aws_\w+\.\w+)\.(?:json|arn|name)$/gm)].map(([, to = '']) => to)
    expect(referred.filter((to) => !declared.has(to))).toEqual([])
    expect(referred.length).toBeGreaterThan(0)
    for (const {Statement} of documentsOf(result)) {
      for (const {Sid, Action} of Statement) {
        expect(text).toMatch(new RegExp(`sid +=  ?"${Sid}"|sid += "${Sid}"`))
        for (const action of Action) expect(text).toContain(JSON.stringify(action))
      }
    }
  })
})

type Template = {
  readonly Resources: Readonly<
    Record<string, {readonly Type: string; readonly Properties: {readonly PolicyDocument?: unknown}}>
  >
}

function documentsOf({principals}: IamResult) {
  return principals.flatMap(({policies}) => policies.map(({document}) => document))
}

/** Brackets that are open at the end, strings and comments left out. */
function unclosed(text: string): string {
  const bare = text.replace(/^#.*$/gm, '').replace(/"(?:[^"\\\n]|\\.)*"/g, '')
  let open = ''
  for (const [bracket] of bare.matchAll(/[{}[\]]/g)) {
    const pair = `${open.at(-1) ?? ''}${bracket}`
    open = pair === '{}' || pair === '[]' ? open.slice(0, -1) : open + bracket
  }
  return open
}

const spec = (targets: string) => `name: p\nsteps:\n  stop:\n    type: fail\n    message: no\n${targets}`
const twoTargets = 'targets:\n  dev: {region: eu-west-1, account: "111122223333"}\n  prod: {region: cn-north-1}\n'

it('the embedded engine asks nobody for permission: targets that do are named', async () => {
  const world = worldIn(tempDir({'mlpipe.yaml': spec(twoTargets)}))
  await expect(iam({format: 'json'}, world)).rejects.toMatchObject({
    code: 'local-target',
    nextSteps: ['mlpipe iam -t dev', 'mlpipe iam -t prod'],
  })
})

it('what a target leaves out is a placeholder, and said', async () => {
  const world = worldIn(tempDir({'mlpipe.yaml': spec(twoTargets)}))
  const result = await iam({format: 'json', target: 'prod', principal: 'execution'}, world)
  expect(result).toMatchObject({
    account: 'ACCOUNT_ID',
    region: 'cn-north-1',
    notes: [expect.stringContaining('ACCOUNT_ID')],
  })
  expect(result.principals).toMatchObject([{name: 'p-execution', path: '/'}])
  expect(policyText(result)).toContain('arn:aws-cn:iam::ACCOUNT_ID:role/p-execution')
  expect(world.events).toContainEqual({kind: 'note', message: result.notes[0]})
})

it('only who is asked for is told, and a deployer alone makes no triggers', async () => {
  const world = worldIn(tempDir({'mlpipe.yaml': spec(twoTargets)}))
  const alone = await iam({format: 'json', target: 'dev', principal: 'deployer'}, world)
  expect(alone.principals.map(({principal}) => principal)).toEqual(['deployer'])
  expect(policyText(alone)).not.toContain('events:PutRule')
  expect(policyText(await iam({format: 'json', target: 'dev'}, world))).toContain('events:PutRule')
})

it('a role that the spec names is made anew by a template, and that is said', async () => {
  const {notes} = await iam({format: 'terraform'}, worldIn(goldenCases('iam')[0]?.directory ?? ''))
  expect(notes).toEqual(['the role Runner is made anew: import it where it exists already'])
})

it('the names of roles keep to what IAM allows', async () => {
  const name = 'n'.repeat(200)
  const world = worldIn(tempDir({'mlpipe.yaml': spec('').replace('name: p', `name: ${name}`)}))
  const {principals} = await iam({format: 'json'}, world)
  const roles = principals.filter(({trust}) => trust).map((one) => one.name)
  expect(roles.map((role) => role.length)).toEqual([64, 64])
})

it('--json has the text too', async () => {
  const directory = goldenCases('iam')[0]?.directory ?? ''
  const result = await iam({format: 'terraform'}, worldIn(directory))
  expect(iamView.json(result)).toMatchObject({text: readFileSync(join(directory, 'policies.tf'), 'utf8')})
})
