import {describe, expect, it} from 'vitest'
import {exitCodeOf, exitCodes} from '../../src/cli/exit-codes.ts'
import {errorToJson, exitOf, renderError} from '../../src/cli/render-error.ts'
import {translateThrown, unknownCommand} from '../../src/cli/translate-thrown.ts'
import {ServiceError} from '../../src/cloud/service-error.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'
import {SpecError} from '../../src/diagnostics/spec-error.ts'

const options = {colour: false, verbose: false, version: '1.2.3'}
const shape = {id: 'executions show', flags: ['json', 'file', 'target']}

it('the exit codes are those of the manual', () => {
  expect(exitCodes).toEqual({
    done: 0,
    failed: 1,
    differences: 2,
    usage: 64,
    spec: 65,
    service: 69,
    bug: 70,
    timeout: 75,
    interrupted: 130,
  })
})

it.each([
  [{outcome: 'succeeded'}, 0],
  [{outcome: 'started'}, 0],
  [{outcome: 'failed'}, 1],
  [{outcome: 'stopped'}, 1],
  [{outcome: 'timed-out'}, 75],
  [{outcome: 'interrupted'}, 130],
  [{outcome: 'has-stopped'}, 0],
  [{}, 0],
  [undefined, 0],
])('the result %j exits with %d', (result, code) => {
  expect(exitCodeOf(result)).toBe(code)
})

describe('an error as text', () => {
  it('says what is wrong and what to do', () => {
    const error = new MlpipeError({
      code: 'a',
      message: 'the pipeline "x" is not deployed',
      nextSteps: ['mlpipe deploy'],
    })
    expect(renderError(error, options)).toBe('error: the pipeline "x" is not deployed\n  next: mlpipe deploy')
    expect(exitOf(error)).toBe(64)
  })

  it('of a service tells its details with --verbose', () => {
    const cause = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400, requestId: 'r-1'},
    })
    const init = {code: 'access-denied', message: 'X is not allowed: no', nextSteps: [], cause, operation: 'X'}
    const error = new ServiceError(init)
    expect(renderError(error, options)).toBe('error: X is not allowed: no')
    expect(renderError(error, {...options, verbose: true})).toBe(
      'error: X is not allowed: no\n  operation: X\n  awsError: AccessDeniedException\n  httpStatus: 400\n  requestId: r-1',
    )
    expect(exitOf(error)).toBe(69)
  })

  it('in the spec shows each finding in its place', () => {
    const source = {path: 'mlpipe.yaml', text: 'name: x\nsteps: 3\n'}
    const error = new SpecError(source, [
      {code: 'wrong-type', severity: 'error', message: 'steps is a mapping', range: {start: 15, end: 16}},
    ])
    const text = renderError(error, options)
    expect(text).toContain('mlpipe.yaml:2:8 error wrong-type\n  steps is a mapping')
    expect(text.endsWith('error: mlpipe.yaml has 1 error')).toBe(true)
    expect(exitOf(error)).toBe(65)
    expect(errorToJson(error, '1.2.3')).toMatchObject({
      formatVersion: 1,
      error: {code: 'spec-invalid', exit: 65},
      diagnostics: [{code: 'wrong-type', start: {line: 2, column: 8}}],
    })
  })

  it('of our own is called one, with version and stack', () => {
    const bug = new TypeError('x is undefined')
    const text = renderError(bug, options)
    expect(text).toContain('error: mlpipe itself went wrong: x is undefined')
    expect(text).toContain(`mlpipe 1.2.3, node ${process.version}`)
    expect(text).toContain('errors.test.ts')
    expect(exitOf(bug)).toBe(70)
    expect(errorToJson(bug, '1.2.3')).toMatchObject({error: {code: 'bug', who: 'bug', exit: 70, version: '1.2.3'}})
  })

  it('something thrown that is no Error is a bug too', () => {
    expect(renderError('text', options)).toContain('mlpipe itself went wrong: text')
  })
})

describe('what Node.js throws', () => {
  const systemError = (code: string) => Object.assign(new Error(code), {code, syscall: 'open', path: '/x/y'})

  it.each([
    ['EACCES', 'cannot open /x/y: permission denied'],
    ['ENOSPC', 'cannot open /x/y: the disk is full'],
    ['EROFS', 'cannot open /x/y: the file system is read-only'],
  ])('%s is the machine refusing, not a bug', (code, message) => {
    expect(translateThrown(systemError(code), shape)).toMatchObject({code: 'system-refused', message, exit: 69})
  })

  it('other errors stay what they are', () => {
    const bug = new TypeError('x')
    expect(translateThrown(bug, shape)).toBe(bug)
    const unknown = systemError('EWEIRD')
    expect(translateThrown(unknown, shape)).toBe(unknown)
  })
})

it.each([
  ['validat', '"validat" is not a command of mlpipe: did you mean "validate"?', 'mlpipe validate'],
  ['model list', '"model list" is not a command of mlpipe: did you mean "models list"?', 'mlpipe models list'],
  ['model', '"model" is not a command of mlpipe: did you mean "models"?', 'mlpipe models'],
  ['run epochs=5', 'mlpipe run does not take "epochs=5"', 'mlpipe run --help'],
  ['--json', 'flags come after the command, as in mlpipe validate --json', 'mlpipe --help'],
  ['frobnicate', '"frobnicate" is not a command of mlpipe', 'mlpipe --help'],
])('the command %s', (typed, message, next) => {
  expect(unknownCommand(typed, ['validate', 'models list', 'run'], ['models'])).toMatchObject({
    message,
    nextSteps: [next],
    exit: 64,
  })
})
