// Explanations of what is wrong with references, with expressions, and with the order that follows from them.

import type {Explanation} from './explanation.ts'

const prepare = 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    outputs: [train]\n'
const measured = `${prepare}    reports: {metrics: train/metrics.json}\n`

export const referenceExplanations = {
  'invalid-reference': {
    text: 'What stands between ${ and } is no path that can be followed. It begins with parameters, steps, execution, pipeline, target or env, and goes on with names behind dots, or [\'key\'] and [0]. A literal "${" is written $${, a shell variable of a script belongs into the script.',
    wrong: 'steps:\n  done: {type: fail, message: "stopped in ${params.stage}"}\n',
    right: 'parameters: {stage: dev}\nsteps:\n  done: {type: fail, message: "stopped in ${parameters.stage}"}\n',
  },
  'unknown-parameter-reference': {
    text: 'A reference names a parameter that "parameters:" does not declare. Names are told apart by capitals.',
    wrong: 'parameters: {epochs: 200}\nsteps:\n  done: {type: fail, message: "after ${parameters.epoch}"}\n',
    right: 'parameters: {epochs: 200}\nsteps:\n  done: {type: fail, message: "after ${parameters.epochs}"}\n',
  },
  'unknown-step-reference': {
    text: 'A reference, "dependsOn:", or a branch of a condition names a step that is not in this pipeline.',
    wrong: `${prepare}  done: {type: fail, message: "see \${steps.perpare.outputs.train}"}\n`,
    right: `${prepare}  done: {type: fail, message: "see \${steps.prepare.outputs.train}"}\n`,
  },
  'unknown-output-reference': {
    text: 'The step is there, but has no output of this name; or a report lies in an output that the step does not have. The outputs of a processing step are those under "outputs:".',
    wrong: `${prepare}  done: {type: fail, message: "see \${steps.prepare.outputs.test}"}\n`,
    right: `${prepare}  done: {type: fail, message: "see \${steps.prepare.outputs.train}"}\n`,
  },
  'unknown-report-reference': {
    text: 'A value in a report is steps.<step>.reports.<report>.<path in the JSON>; steps.<step>.reports.<report>.path is where the file lies. The report must stand under "reports:" of that step, and a whole report cannot be put anywhere.',
    wrong: `${measured}  done: {type: fail, message: "only \${steps.prepare.reports.metrics}"}\n`,
    right: `${measured}  done: {type: fail, message: "only \${steps.prepare.reports.metrics.rows}"}\n`,
  },
  'unsupported-reference': {
    text: 'A step of this type has no such value. Each step type has a few short names ("mlpipe explain TYPE" lists them); beside these, any property path of SageMaker\'s own works, beginning with a capital: steps.train.ModelArtifacts.S3ModelArtifacts.',
    wrong: `${prepare}  done: {type: fail, message: "see \${steps.prepare.model}"}\n`,
    right: `${prepare}  done: {type: fail, message: "see \${steps.prepare.outputs.train}"}\n`,
  },
  'reference-not-allowed': {
    text: 'This must be known before a run, because mlpipe or SageMaker needs it to make the pipeline: names, paths of local files, cache expiry, timeouts, descriptions. Only what goes into a request to SageMaker can refer to parameters and steps.',
    wrong: 'parameters: {days: 30}\ndefaults: {image: "sklearn:1.2-1", cache: "${parameters.days}d"}\n',
    right: 'defaults: {image: "sklearn:1.2-1", cache: 30d}\n',
  },
  'environment-variable-missing': {
    text: '${env.NAME} is put in when the spec is compiled, and the variable is not set there. A default behind :- makes the spec compile anywhere; what differs between accounts is better said by "targets:".',
    wrong: 'steps:\n  done: {type: fail, message: "in ${env.MLPIPE_EXAMPLE_STAGE}"}\n',
    right: 'steps:\n  done: {type: fail, message: "in ${env.MLPIPE_EXAMPLE_STAGE:-dev}"}\n',
  },
  'invalid-expression': {
    text: 'The "if:" of a condition compares paths and values: == != < <= > >=, "in [..]", joined by and, or, not and parentheses. Texts are quoted, paths are not and need no ${ }. "and" binds more tightly than "or". Values of different types are never equal, and comparing a text with a number fails the step, so that mlpipe refuses it.',
    wrong:
      'parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage = dev, then: done}\n  done: {type: fail, message: dev}\n',
    right:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: done}\n  done: {type: fail, message: dev}\n",
  },
  'invalid-gate': {
    text: 'A "gate:" requires that a metric is on the right side of a threshold: metric, then >= > <= or <, then a number, a parameter that is one, or "champion", from which a number may be taken (champion - 0.01), or which may be multiplied (champion * 0.98). The metric is a path in the report. A list says that all of it must hold. Anything else, such as "or" and equality, is for "if:".',
    wrong: `${measured}  gate: {type: condition, gate: rows = 100, then: done}\n  done: {type: fail, message: enough}\n`,
    right: `${measured}  gate: {type: condition, gate: rows >= 100, then: done}\n  done: {type: fail, message: enough}\n`,
  },
  'champion-without-metric': {
    text: 'A gate compares a new model with the champion, the latest approved version of a model package group, and the spec registers its models into that group without their metrics. The first of them that is approved is a champion of which nobody knows the metric, and the gate then lets nothing pass. "metrics:" of the register step keeps the report with the model; a value under "properties:" that has the name of the metric does as well.',
    wrong: `${measured}  gate: {type: condition, gate: auc >= champion, then: register}\n  register: {type: register, group: churn, model: s3://lake/model.tar.gz}\n`,
    right: `${measured}  gate: {type: condition, gate: auc >= champion, then: register}\n  register: {type: register, group: churn, model: s3://lake/model.tar.gz, metrics: "\${steps.prepare.reports.metrics.path}"}\n`,
  },
  'dependency-cycle': {
    text: 'The steps wait for each other, so that none of them could ever start. A step waits for every step that it refers to, for those under "dependsOn:", and, in a branch, for its condition.',
    wrong:
      'steps:\n  clean: {type: processing, code: src/prepare.py, dependsOn: check}\n  check: {type: processing, code: src/prepare.py, dependsOn: clean}\n',
    right:
      'steps:\n  clean: {type: processing, code: src/prepare.py}\n  check: {type: processing, code: src/prepare.py, dependsOn: clean}\n',
  },
  'depends-on-fail': {
    text: 'A fail step ends the whole execution, so that nothing can come after it.',
    wrong:
      'steps:\n  stop: {type: fail, message: no data}\n  clean: {type: processing, code: src/prepare.py, dependsOn: stop}\n',
    right: 'steps:\n  stop: {type: fail, message: no data}\n  clean: {type: processing, code: src/prepare.py}\n',
  },
  'branch-conflict': {
    text: 'SageMaker lets no step depend on a condition. What should run after one of its outcomes stands in a branch of it: under "then:" or "else:".',
    wrong:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: note}\n  note: {type: processing, code: src/prepare.py}\n  clean: {type: processing, code: src/prepare.py, dependsOn: gate}\n",
    right:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: [note, clean]}\n  note: {type: processing, code: src/prepare.py}\n  clean: {type: processing, code: src/prepare.py}\n",
  },
  'unreachable-step': {
    text: 'The step needs steps of both branches of one condition, of which only one ever runs. SageMaker would wait for both, for ever. Let each branch have its own step, or put what is common before the condition.',
    wrong:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: a, else: b}\n  a: {type: processing, code: src/prepare.py}\n  b: {type: processing, code: src/prepare.py}\n  join: {type: processing, code: src/prepare.py, dependsOn: [a, b]}\n",
    right:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: a, else: b}\n  a: {type: processing, code: src/prepare.py}\n  b: {type: processing, code: src/prepare.py}\n  join: {type: processing, code: src/prepare.py, dependsOn: a}\n",
  },
  'duplicate-branch': {
    text: 'SageMaker keeps the steps of a branch inside their condition, so that a step can stand in one branch only. Write a second step, or put the step before the condition when it should run either way.',
    wrong:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: a, else: a}\n  a: {type: processing, code: src/prepare.py}\n",
    right:
      "parameters: {stage: dev}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: a, else: b}\n  a: {type: processing, code: src/prepare.py}\n  b: {type: fail, message: not in dev}\n",
  },
  'nested-condition': {
    text: 'A condition stands in a branch of another one. The developer guide calls nested conditions unsupported, although the service takes them today and the SageMaker Python SDK makes them; it may be wiser not to rely on it. Where one condition can say both, join the expressions with "and".',
    wrong:
      "parameters: {stage: dev, size: 3}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev', then: inner}\n  inner: {type: condition, if: parameters.size > 2, then: done}\n  done: {type: fail, message: too large}\n",
    right:
      "parameters: {stage: dev, size: 3}\nsteps:\n  gate: {type: condition, if: parameters.stage == 'dev' and parameters.size > 2, then: done}\n  done: {type: fail, message: too large}\n",
  },
} as const satisfies Readonly<Record<string, Explanation>>
