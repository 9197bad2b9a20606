import {expect, it} from 'vitest'
import type {DiffResult} from '../../src/actions/forecast/forecast.ts'
import {diffMarkdownView} from '../../src/views/diff-markdown.ts'
import {codeSpan, escapeMarkdown} from '../../src/views/markdown.ts'
import {diffResult, forecastOf, prepare, train, unchanged} from './forecasts.ts'

const screen = {width: 80, colour: true}

it('a comment for a pull request', () => {
  expect(diffMarkdownView.human(diffResult, screen)).toBe(`\
### Plan for \`tumours\` on \`local\`

**Deploy** changes 2 steps and 1 parameter, adds 1 step, removes 1 step  
**Run** 1 cached, 2 rerun, 1 unknown, 2 always; 2 of them behind a condition; saves about 12 s, takes about 3.2 s, going by the last run of each step; 1 step never timed: register

- **Warning:** instance type of prepare changed, which is in no cache key: the step keeps its earlier result (\`mlpipe.yaml:8\`)

| change | of | argument | old | new | cache | line |
| --- | --- | --- | --- | --- | --- | --- |
| changed | parameter epochs | \`DefaultValue\` | \`200\` | \`300\` |  | \`mlpipe.yaml:10\` |
| changed | step prepare | \`ProcessingResources.ClusterConfig.InstanceType\` | \`ml.m5.large\` | \`\${Parameters.instanceType}\` | not in the cache key | \`mlpipe.yaml:8\` |
| changed | step train | \`InputDataConfig['code'].DataSource.S3DataSource.S3Uri\` | \`…/33333333…/prepare.py\` | \`…/bbbbbbbb…/prepare.py\` | in the cache key | \`mlpipe.yaml:41\` |
| added | step train | \`Environment.STAGE\` |  | \`night\` | in the cache key |  |
| removed | step train | \`CacheConfig.ExpireAfter\` | \`P30D\` |  |  |  |
| added | step reject |  |  |  |  | \`mlpipe.yaml:79\` |
| removed | step notify |  |  |  |  |  |

**A run** of the spec as it is now, with epochs=50 and the other parameter at its default:

| step | type | verdict | why |
| --- | --- | --- | --- |
| \`prepare\` | Processing | \`=\` cached | from abc123, 2 hours ago, expires in 29 d 22 h |
| \`train\` | Training | \`~\` rerun | \`HyperParameters.epochs\` \`200\` -&gt; \`50\` (\`mlpipe.yaml:44\`) and 2 more reasons |
| \`evaluate\` | Processing | \`~\` rerun | train reruns: new ModelArtifacts.S3ModelArtifacts in \`ProcessingInputs['model'].S3Input.S3Uri\` (\`mlpipe.yaml:57\`) |
| \`gate\` | Condition | \`?\` unknown | evaluate decides: its report metrics (\`mlpipe.yaml:65\`) |
| \`register\` | RegisterModel | \`!\` always | if gate is true; SageMaker never reuses RegisterModel steps |
| \`reject\` | Fail | \`!\` always | if gate is false; SageMaker never reuses Fail steps |

- parameter epochs is 50, was 200: train, evaluate rerun
- src/train.py changed: train, evaluate rerun

<details>
<summary>All reasons</summary>

- \`train\`
  - \`HyperParameters.epochs\` \`200\` -&gt; \`50\` (\`mlpipe.yaml:44\`)
  - \`InputDataConfig['code'].DataSource.S3DataSource.S3Uri\` \`…/33333333…/prepare.py\` -&gt; \`…/bbbbbbbb…/prepare.py\` (\`mlpipe.yaml:41\`)
  - \`Environment.STAGE\` added: \`night\`

</details>`)
})

it('a table of many rows is folded under its counts', () => {
  const steps = Array.from({length: 13}, (_, index) => ({...prepare, name: `step${index}`}))
  const text = diffMarkdownView.human({...unchanged, run: forecastOf(steps)}, screen)
  expect(text).toContain('<details>\n<summary>Run: 13 cached</summary>\n\n| step |')
})

it('text of others is neither markup nor a mention, and ends no cell', () => {
  const result: DiffResult = {
    ...unchanged,
    run: forecastOf(
      [{...train, reasons: [{code: 'key-differs', path: 'Environment.A', before: 'a|b', after: '`<b>@all` x'}]}],
      {warnings: [{code: 'never-hits', message: '<img src=x> | @all `x` **y**', steps: ['train']}]},
    ),
  }
  const text = diffMarkdownView.human(result, screen)
  expect(text).toContain('- **Warning:** &lt;img src=x&gt; \\| &#64;all \\`x\\` \\*\\*y\\*\\*')
  expect(text).toContain('`Environment.A` `a\\|b` -&gt; `` `<b>@all` x ``')
})

it.each([
  ['plain', '`plain`'],
  ['', ''],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['two\nlines', '`two lines`'],
])('code span of %j', (text, span) => {
  expect(codeSpan(text)).toBe(span)
})

it('an ampersand stays one, however it is followed', () => {
  expect(escapeMarkdown('a &lt; b & c')).toBe('a &amp;lt; b &amp; c')
})
