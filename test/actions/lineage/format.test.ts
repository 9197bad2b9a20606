import {describe, expect, it} from 'vitest'
import {lineageFormat} from '../../../src/actions/lineage/format.ts'

const none = {format: undefined, subject: undefined, downstream: false}

describe('the format of a lineage', () => {
  it.each([
    [undefined, 'tree'],
    ['a.txt', 'tree'],
    ['a.JSON', 'json'],
    ['a.mmd', 'mermaid'],
    ['a.mermaid', 'mermaid'],
    ['a.dot', 'dot'],
    ['a.gv', 'dot'],
    ['dir.svg/a.ndjson', 'openlineage'],
  ])('in %s is %s', (path, format) => {
    expect(lineageFormat(none, path)).toBe(format)
  })

  it.each(['a.svg', 'a', 'a.json'])('that is asked for goes over the ending of %s', (path) => {
    expect(lineageFormat({...none, format: 'dot'}, path)).toBe('dot')
  })

  it.each([
    ['a b.svg', ["mlpipe lineage churn/2 --downstream -o 'a b.dot' -t prod", "dot -Tsvg 'a b.dot' -o 'a b.svg'"]],
    ['a.doc', ['mlpipe lineage churn/2 --downstream --format tree -o a.doc -t prod']],
  ])('which the ending of %s does not name is refused, with what writes it', (path, nextSteps) => {
    const message = `the ending of ${path} names no format: it may be .txt, .json, .mmd, .mermaid, .dot, .gv, .ndjson`
    const asked = () => lineageFormat({...none, subject: 'churn/2', downstream: true, target: 'prod'}, path)
    expect(asked).toThrow(expect.objectContaining({code: 'unknown-format', who: 'user', message, nextSteps}))
  })
})
