// Text → definition. The samples are definitions as the SageMaker Python SDK writes them.

import {describe, expect, it} from 'vitest'
import {parseDefinition} from '../../src/definition/parse-definition.ts'

const step = {Name: 'A', Type: 'Processing', Arguments: {}}
const parse = (document: unknown) => parseDefinition(JSON.stringify(document))

function parsed(document: unknown) {
  const result = parse(document)
  if (!result.ok) throw new Error(result.message)
  return result.definition
}

describe('a definition', () => {
  it('needs nothing but Steps', () => {
    expect(parsed({Steps: []})).toEqual({Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: []})
  })

  it('takes nulls for what is not set, as the SDK writes them', () => {
    const definition = parsed({
      Version: '2020-12-01',
      Metadata: {},
      Parameters: [],
      PipelineExperimentConfig: null,
      MlflowConfig: null,
      Steps: [{...step, CacheConfig: null, DependsOn: null}],
    })
    expect(definition.Steps).toEqual([step])
  })

  it('gives conditions the branches that they do not have', () => {
    const gate = {Name: 'G', Type: 'Condition', Arguments: {Conditions: [], IfSteps: [step]}}
    expect(parsed({Steps: [gate]}).Steps[0]?.Arguments).toEqual({Conditions: [], IfSteps: [step], ElseSteps: []})
  })

  // AWS's published schema types ExceptionType as one text, the SDK writes a list.
  it('reads ExceptionType in both its forms', () => {
    const policies = [{ExceptionType: 'Step.THROTTLING'}, {ExceptionType: ['Step.SERVICE_FAULT'], MaxAttempts: 2}]
    expect(parsed({Steps: [{...step, RetryPolicies: policies}]}).Steps[0]?.RetryPolicies).toEqual([
      {ExceptionType: ['Step.THROTTLING']},
      {ExceptionType: ['Step.SERVICE_FAULT'], MaxAttempts: 2},
    ])
  })

  it('keeps the keys that some types have beside Arguments', () => {
    const lambda = {
      Name: 'L',
      Type: 'Lambda',
      Arguments: {},
      FunctionArn: 'arn:x',
      OutputParameters: [{OutputName: 'a', OutputType: 'String'}],
    }
    expect(parsed({Steps: [lambda]}).Steps).toEqual([lambda])
  })

  it('accepts parameters of every type', () => {
    const parameters = [
      {Name: 'S', Type: 'String', DefaultValue: 'a', EnumValues: ['a', 'b']},
      {Name: 'I', Type: 'Integer', DefaultValue: 3},
      {Name: 'F', Type: 'Float', DefaultValue: 2},
      {Name: 'B', Type: 'Boolean', DefaultValue: false},
      {Name: 'untyped'},
    ]
    expect(parsed({Parameters: parameters, Steps: []}).Parameters).toEqual(parameters)
  })
})

describe('the service says "Unable to parse pipeline definition."', () => {
  // Both sentences are the service's own.
  it.each([
    ['a list', '[]', 'Unable to parse pipeline definition. Expecting start of Json Object.'],
    ['a text', '"x"', 'Unable to parse pipeline definition. Expecting start of Json Object.'],
    ['no Steps', '{}', 'Unable to parse pipeline definition. Expecting start of Json Array.'],
    ['Steps that are a map', '{"Steps": {}}', 'Unable to parse pipeline definition. Expecting start of Json Array.'],
  ])('of %s', (_name, text, message) => {
    expect(parseDefinition(text)).toEqual({ok: false, message})
  })

  it.each<[string, unknown, RegExp]>([
    ['a key that is not known', {Steps: [], Stages: []}, /unknown property 'Stages'/],
    ['another version', {Version: '2021-01-01', Steps: []}, /Version must be "2020-12-01", not "2021-01-01"/],
    ['a step without name', {Steps: [{Type: 'Fail', Arguments: {}}]}, /needs a Name/],
    ['a step name with a dot', {Steps: [{...step, Name: 'a.b'}]}, /step name "a\.b" does not match/],
    ['a step name of 65 characters', {Steps: [{...step, Name: 'a'.repeat(65)}]}, /does not match/],
    ['a step without type', {Steps: [{Name: 'A', Arguments: {}}]}, /step "A" needs a Type/],
    ['a step without arguments', {Steps: [{Name: 'A', Type: 'Fail'}]}, /step "A" needs Arguments/],
    ['a name used twice', {Steps: [step, step]}, /"A" is used twice/],
    [
      'a name used again in a branch',
      {Steps: [step, {Name: 'G', Type: 'Condition', Arguments: {Conditions: [], IfSteps: [step]}}]},
      /"A" is used twice/,
    ],
    [
      'conditions that are no list',
      {Steps: [{Name: 'G', Type: 'Condition', Arguments: {}}]},
      /step "G" needs a list of Conditions/,
    ],
    ['a parameter defined twice', {Parameters: [{Name: 'p'}, {Name: 'p'}], Steps: []}, /"p" is defined twice/],
    [
      'a parameter of no type',
      {Parameters: [{Name: 'p', Type: 'Number'}], Steps: []},
      /not one of String, Integer, Float, Boolean/,
    ],
    [
      'an integer that is none',
      {Parameters: [{Name: 'p', Type: 'Integer', DefaultValue: 1.5}], Steps: []},
      /1\.5 of parameter "p" is not of type Integer/,
    ],
    [
      'a boolean that is a text',
      {Parameters: [{Name: 'p', Type: 'Boolean', DefaultValue: 'true'}], Steps: []},
      /not of type Boolean/,
    ],
    [
      'a default outside of the enum',
      {Parameters: [{Name: 'p', DefaultValue: 'c', EnumValues: ['a']}], Steps: []},
      /"c" of parameter "p" is not one of its EnumValues/,
    ],
    ['DependsOn that is a text', {Steps: [{...step, DependsOn: 'B'}]}, /DependsOn of step "A"/],
    ['a cache that is neither on nor off', {Steps: [{...step, CacheConfig: {ExpireAfter: 'P1D'}}]}, /needs Enabled/],
    [
      'a property file without path',
      {Steps: [{...step, PropertyFiles: [{PropertyFileName: 'r', OutputName: 'o'}]}]},
      /PropertyFiles of step "A"/,
    ],
    [
      'a retry policy without exception',
      {Steps: [{...step, RetryPolicies: [{MaxAttempts: 1}]}]},
      /RetryPolicies of step "A"/,
    ],
  ])('of %s', (_name, document, message) => {
    const result = parse(document)
    expect(result.ok ? '' : result.message).toMatch(/^Unable to parse pipeline definition\. /)
    expect(result.ok ? '' : result.message).toMatch(message)
  })

  it('of text that is not JSON, and of a million brackets, without falling over', () => {
    expect(parseDefinition('{').ok).toBe(false)
    expect(parseDefinition(`{"Steps": ${'['.repeat(1e6)}${']'.repeat(1e6)}}`).ok).toBe(false)
    expect(parseDefinition(`{"Steps": [], "Metadata": ${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`).ok).toBe(false)
  })
})
