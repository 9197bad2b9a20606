// Explanations of what is wrong with the form of a spec: YAML, keys, types, names, lengths.

import type {Explanation} from './explanation.ts'

export const shapeExplanations = {
  'yaml-syntax': {
    text: 'The file is not YAML 1.2, so nothing in it could be read. Frequent causes: a tab in the indentation (YAML takes spaces only), a text with ": " or " #" in it that is not quoted, a bracket or a quote that is never closed, and more than one document in the file. One mistake can make the lines after it look wrong too: mend the first and look again.',
    wrong: 'steps:\n  done:\n    type: fail\n    message: no model: the gate is closed\n',
    right: "steps:\n  done:\n    type: fail\n    message: 'no model: the gate is closed'\n",
  },
  'empty-spec': {
    text: 'The file holds nothing but white space and comments. A spec has at least a name and one step.',
    wrong: '# to be written\n',
    right: 'name: churn\nsteps:\n  done: {type: fail, message: nothing here yet}\n',
  },
  'not-a-mapping': {
    text: 'A spec is one mapping of keys to values, beginning with "name:". The file holds a list, or plain text: perhaps it is another file than was meant (-f names the spec), or every line begins with a dash.',
    wrong: '- name: churn\n- steps: {}\n',
    right: 'name: churn\nsteps:\n  done: {type: fail, message: nothing here yet}\n',
  },
  'duplicate-key': {
    text: 'A key, an output or an exception of a retry policy stands twice. YAML readers take the last one without a word, which loses a whole step when two have the same name, so mlpipe refuses it.',
    wrong:
      'steps:\n  done: {type: fail, message: the data are too old}\n  done: {type: fail, message: the model is too weak}\n',
    right:
      'steps:\n  stale: {type: fail, message: the data are too old}\n  weak: {type: fail, message: the model is too weak}\n',
  },
  'unquoted-reference': {
    text: 'Inside { } and [ ] YAML reads a brace as its own, so that ${...} must be quoted there. On a line of its own it needs no quotes.',
    wrong: 'parameters: {why: none}\nsteps:\n  done: {type: fail, message: ${parameters.why}}\n',
    right: 'parameters: {why: none}\nsteps:\n  done: {type: fail, message: "${parameters.why}"}\n',
  },
  'unknown-key': {
    text: 'The mapping has a key that means nothing there: mistyped, indented too far or too little, or a key of another step type. Nothing is ignored, because a key that is passed over looks as if it worked. What SageMaker can be told and mlpipe has no key for goes under "api:", in SageMaker\'s own names. "mlpipe explain TYPE" lists the keys of a step type.',
    wrong: 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    output: [train]\n',
    right: 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    outputs: [train]\n',
  },
  'missing-key': {
    text: 'Something that cannot be left out is not there. What a step lacks may also stand under "defaults:", for image, instance, role, env, timeout, cache and retry.',
    wrong: 'steps:\n  done:\n    type: fail\n',
    right: 'steps:\n  done:\n    type: fail\n    message: the model is not good enough\n',
  },
  'wrong-type': {
    text: 'The value has another form than the key takes: a list where a mapping is read, a text where true or false is, nothing where a value is. In YAML 1.2, yes, no, on and off are texts; only true and false are booleans. A key with nothing behind it has the value null.',
    wrong: 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    env: [STAGE=prod]\n',
    right: 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    env: {STAGE: prod}\n',
  },
  'exclusive-keys': {
    text: 'Two things were said of which only one can hold: both ends of a retry policy, two default targets, two things that one trigger waits for.',
    wrong:
      'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    retry: {on: Step.THROTTLING, attempts: 3, for: 1h}\n',
    right:
      'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    retry: {on: Step.THROTTLING, attempts: 3}\n',
  },
  'invalid-name': {
    text: 'SageMaker takes letters, digits and hyphens for the name of a pipeline (mlpipe for that of a trigger, too), and underscores too for steps and parameters (64 characters at most). Dots, blanks and accents are refused by the service when the pipeline is created; mlpipe says so before.',
    wrong: 'steps:\n  stop here: {type: fail, message: done}\n',
    right: 'steps:\n  stop-here: {type: fail, message: done}\n',
  },
  'unknown-step-type': {
    text: 'The "type:" of a step is none that mlpipe knows. "mlpipe explain" lists them. SageMaker\'s own names (Processing, RegisterModel) are not used here; a step type that mlpipe has no kind for is written as "type: raw", with a warning where its name is all but one that is known.',
    wrong: 'steps:\n  done: {type: Failure, message: the model is not good enough}\n',
    right: 'steps:\n  done: {type: fail, message: the model is not good enough}\n',
  },
  'no-steps': {
    text: 'A pipeline has at least one step. "steps:" is there, but nothing stands below it: perhaps the steps are not indented.',
    wrong: 'name: churn\nsteps:\n',
    right: 'name: churn\nsteps:\n  done: {type: fail, message: nothing here yet}\n',
  },
  'invalid-duration': {
    text: 'A duration is whole numbers with units: w, d, h, m (minutes) and s, the larger ones first, such as 30d, 12h, 90m or 1d12h; or ISO 8601 (P30D, PT90M). A number alone says no unit, fractions are not taken (write 90m for 1.5h), and nought is no duration.',
    wrong: 'defaults: {cache: 30 days, image: "sklearn:1.2-1"}\n',
    right: 'defaults: {cache: 30d, image: "sklearn:1.2-1"}\n',
  },
  'months-for-minutes': {
    text: "In ISO 8601 an M before the T means months, one behind the T minutes: P30M is thirty months, PT30M is thirty minutes. SageMaker takes both without a word, so that a cache meant to last half an hour lasts two and a half years. mlpipe's own form has no such trap: 30m is thirty minutes.",
    wrong: 'defaults: {cache: P30M, image: "sklearn:1.2-1"}\n',
    right: 'defaults: {cache: 30m, image: "sklearn:1.2-1"}\n',
  },
  'out-of-range': {
    text: "A number, a length or a count is beyond a limit: of SageMaker's request, of the retry policies, or of what a number can hold exactly. SageMaker itself notices many of these only when the step runs.",
    wrong:
      'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    retry: {on: Step.THROTTLING, attempts: 50}\n',
    right:
      'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    retry: {on: Step.THROTTLING, attempts: 20}\n',
  },
  'not-in-enum': {
    text: 'Only a few words are possible here, and this is none of them. Capitals count, as they do for SageMaker.',
    wrong:
      'steps:\n  train:\n    type: training\n    code: src/train.py\n    inputs: {raw: {from: s3://lake/raw, mode: fastfile}}\n',
    right:
      'steps:\n  train:\n    type: training\n    code: src/train.py\n    inputs: {raw: {from: s3://lake/raw, mode: FastFile}}\n',
  },
  'parameter-type': {
    text: 'A parameter is a String, an Integer, a Float or a Boolean, and its default, the value that a target sets, and the place it is used in must agree with that. Without "type:", 200 is an Integer, 0.5 and 6.0 are Floats, true is a Boolean and everything else a String. Only a String can have an enum.',
    wrong: 'parameters:\n  epochs: {type: Integer, default: 2.5}\n',
    right: 'parameters:\n  epochs: {type: Integer, default: 2}\n',
  },
} as const satisfies Readonly<Record<string, Explanation>>
