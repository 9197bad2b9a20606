// Writes src/definition/request-shapes/{structures,enums}.ts from the installed @aws-sdk/client-sagemaker: `npm run shapes`.
// Members, nesting and what is required come from the client's runtime schemas; which member has which enum stands only in
// its type declarations. `--check` compares with the files instead and exits with 1 when they are stale.
import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

// Requests that steps make, and what the Describe calls show of them: the steps' properties.
const requests = [
  'CreateProcessingJobRequest',
  'CreateTrainingJobRequest',
  'CreateHyperParameterTuningJobRequest',
  'CreateAutoMLJobRequest',
  'CreateTransformJobRequest',
  'CreateModelInput',
  'CreateModelPackageInput',
  'CreateEndpointConfigInput',
  'CreateEndpointInput',
  'CreateInferenceComponentInput',
]
const responses = [
  'DescribeProcessingJobResponse',
  'DescribeTrainingJobResponse',
  'DescribeHyperParameterTuningJobResponse',
  'ListTrainingJobsForHyperParameterTuningJobResponse',
  'DescribeAutoMLJobResponse',
  'DescribeTransformJobResponse',
  'DescribeModelOutput',
  'DescribeModelPackageOutput',
  'DescribeEndpointConfigOutput',
  'DescribeEndpointOutput',
  'DescribeInferenceComponentOutput',
]

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)
const sdk = require('@aws-sdk/client-sagemaker')
const sdkFolder = dirname(dirname(require.resolve('@aws-sdk/client-sagemaker')))
const {version} = JSON.parse(readFileSync(join(sdkFolder, 'package.json'), 'utf8'))

const declarations = ['enums', ...Array.from({length: 6}, (_, at) => `models_${at}`)]
  .map((name) => readFileSync(join(sdkFolder, 'dist-types/models', `${name}.d.ts`), 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\//g, '')
const enums = readEnums()
const memberTypes = readMemberTypes()

const structures = new Map()
const usedEnums = new Set()
for (const name of requests) addStructure(sdk[`${name}$`], true)
for (const name of responses) addStructure(sdk[`${name}$`], false)

const source = `@aws-sdk/client-sagemaker ${version}`
const files = {
  'structures.ts': file(
    `// Made by bin/make-request-shapes.js from ${source}; the notation is explained in shape.ts.`,
    'structuresText',
    [...structures.values()].sort(),
  ),
  'enums.ts': file(
    `// Made by bin/make-request-shapes.js from ${source}: the name of an enum, then its values.`,
    'enumsText',
    [...usedEnums].sort().map((name) => [name, ...enums.get(name)].join(' ')),
  ),
}

const isCheck = process.argv.includes('--check')
for (const [name, text] of Object.entries(files)) {
  const path = join(root, 'src/definition/request-shapes', name)
  if (!isCheck) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`src/definition/request-shapes/${name} is not what ${source} says: npm run shapes\n`)
    process.exitCode = 1
  }
}

function file(comment, constant, lines) {
  const strange = lines.find((line) => !/^[\w .:/=#?@!{}[\]-]+$/.test(line))
  if (strange) throw new Error(`cannot be written in a line: ${strange}`)
  return `${comment}\n\nexport const ${constant} = \`\n${lines.join('\n')}\n\`\n`
}

/** A structure as a line, and all that it is made of. Only what is sent has enums: what is shown needs no check. */
function addStructure(schema, isSent) {
  const [kind, , name, , memberNames, memberSchemas, requiredCount = 0] = schema
  if (kind !== 3) throw new Error(`${name} is of kind ${kind}, which this script does not know`)
  if (structures.has(name)) return
  structures.set(name, '')
  const types = memberTypes.get(name)
  if (!types) throw new Error(`the type declarations have no ${name}`)
  const members = memberNames.map((member, at) => {
    const isRequired = isSent && at < requiredCount
    const type = typeText(memberSchemas[at], isSent ? enumOf(types.get(member)) : undefined, isSent)
    return `${member}${isRequired ? '!' : ''}${type}`
  })
  structures.set(name, [name, ...members].join(' '))
}

/** The type behind a member's name: nothing for a string, else a sign; `[]` for a list of it, `{}` for a map to it. */
function typeText(reference, enumName, isSent) {
  const schema = resolve(reference)
  if (typeof schema === 'number') return scalarText(schema, enumName)
  switch (schema[0]) {
    case 0:
      return scalarText(schema[4], enumName)
    case 1:
      return `${typeText(schema[4], enumName, isSent)}[]`
    case 2:
      return `${typeText(schema[5], enumName, isSent)}{}`
    default:
      addStructure(schema, isSent)
      return `:${schema[2]}`
  }
}

function resolve(reference) {
  const schema = typeof reference === 'function' ? reference() : reference
  const isWrapped = Array.isArray(schema) && typeof schema[1] === 'number'
  return isWrapped ? resolve(schema[0]) : schema
}

function scalarText(code, enumName) {
  if (code & 64) return `${scalarText(code & ~64, enumName)}[]`
  if (code & 128) return `${scalarText(code & ~128, enumName)}{}`
  if (code === 1) return '#'
  if (code === 2) return '?'
  if (code >= 4 && code <= 7) return '@'
  if (code !== 0) throw new Error(`a scalar of kind ${code}, which this script does not know`)
  if (!enumName) return ''
  usedEnums.add(enumName)
  return `=${enumName}`
}

function enumOf(type = '') {
  const name = type
    .replace(/ \| undefined$/, '')
    .replace(/^Record<string, (.*)>$/, '$1')
    .replace(/(\[\])+$/, '')
  return enums.has(name) ? name : undefined
}

function readEnums() {
  const found = new Map()
  for (const [, name, body] of declarations.matchAll(/^export declare const (\w+): \{\n([\s\S]*?)^\};/gm)) {
    found.set(
      name,
      [...body.matchAll(/: "(.*)";/g)].map(([, value]) => value),
    )
  }
  return found
}

function readMemberTypes() {
  const found = new Map()
  for (const [, name, body] of declarations.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
    found.set(name, new Map([...body.matchAll(/^ {4}(\w+)\??: (.*);$/gm)].map(([, member, type]) => [member, type])))
  }
  return found
}
