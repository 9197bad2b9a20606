// Explanations of what is wrong with files, images, targets, and with what SageMaker's cache makes of a spec.

import type {Explanation} from './explanation.ts'

const prepare = 'steps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n'
const target = 'targets:\n  prod:\n    default: true\n    region: us-east-1\n'
const role = '    role: arn:aws:iam::111122223333:role/SageMakerRole\n'

export const worldExplanations = {
  'code-missing': {
    text: 'The script or folder under "code:" is not there, is the other of the two, or does not hold the entry. Paths are relative to the spec; a folder needs the script inside it: {dir: src, entry: train.py}.',
    wrong: 'steps:\n  prepare:\n    type: processing\n    code: src\n',
    right: 'steps:\n  prepare:\n    type: processing\n    code: {dir: src, entry: prepare.py}\n',
  },
  'data-missing': {
    text: 'An input is neither an s3:// URI, nor a reference, nor a local file or folder that is there. Paths are relative to the spec. Data on a web server must be put into S3 or beside the spec first.',
    wrong: `${prepare}    inputs: {raw: data/rwa.csv}\n`,
    right: `${prepare}    inputs: {raw: data/raw.csv}\n`,
  },
  'unreadable-file': {
    text: 'Something named in the spec is there, but the system does not let mlpipe read it: the access rights, a link in a circle, a device. The name behind the message is the one the system gives. The text of a spec cannot show what is wrong here; reading the file with another program usually does.',
    wrong: `${prepare}    inputs: {raw: data/secret.csv}   # chmod 000 data/secret.csv\n`,
    right: `${prepare}    inputs: {raw: data/raw.csv}\n`,
  },
  'unknown-image': {
    text: 'An image is an alias with a version, such as sklearn:1.2-1, which stands for the image in the registry of the target\'s region; or a whole registry URI, known by the / in it. "mlpipe schema" has every alias, for completion in an editor.',
    wrong: 'defaults: {image: "skleanr:1.2-1"}\n' + prepare,
    right: 'defaults: {image: "sklearn:1.2-1"}\n' + prepare,
  },
  'missing-role': {
    text: 'On AWS the pipeline and its jobs run under a role, and this target names none. "local" needs no role.',
    wrong: `${prepare}${target}    bucket: my-bucket\n`,
    right: `${prepare}${target}    bucket: my-bucket\n${role}`,
  },
  'invalid-role': {
    text: 'SageMaker takes the role of a pipeline by its ARN, never by its name alone, and EventBridge that of a trigger. "aws iam get-role --role-name NAME" shows the ARN.',
    wrong: `${prepare}${target}    bucket: my-bucket\n    role: SageMakerRole\n`,
    right: `${prepare}${target}    bucket: my-bucket\n${role}`,
  },
  'missing-region': {
    text: 'A target on AWS is in one region, and neither the spec, nor --region, AWS_REGION or the AWS profile names one.',
    wrong: `${prepare}targets:\n  prod:\n    default: true\n    bucket: my-bucket\n${role}`,
    right: `${prepare}${target}    bucket: my-bucket\n${role}`,
  },
  'missing-bucket': {
    text: 'On AWS, code, data and outputs need a bucket. With region and account, the bucket sagemaker-<region>-<account> is taken, which the SageMaker SDK uses too.',
    wrong: `${prepare}${target}${role}`,
    right: `${prepare}${target}${role}    account: "111122223333"\n`,
  },
  'unknown-target-parameter': {
    text: 'The target sets a parameter that the pipeline does not declare, so that the value would go nowhere.',
    wrong: `parameters: {epochs: 200}\n${prepare}${target}${role}    bucket: my-bucket\n    parameters: {epoch: 5}\n`,
    right: `parameters: {epochs: 200}\n${prepare}${target}${role}    bucket: my-bucket\n    parameters: {epochs: 5}\n`,
  },
  'name-collision': {
    text: 'The name is taken, because mlpipe itself puts something there: the input that carries the code, the hyperparameters of the training toolkit, what a fingerprint needs.',
    wrong: `${prepare}    inputs: {code: s3://lake/code}\n`,
    right: `${prepare}    inputs: {scripts: s3://lake/code}\n`,
  },
  'fixed-output-path': {
    text: 'SageMaker compares the URIs of inputs, never the objects. An output that always goes to the same place is overwritten by every run, and a cached step that reads it finds the URI unchanged: it is reused although the content is new. Without a destination, mlpipe gives every output a path with the execution id.',
    wrong: `defaults: {image: "sklearn:1.2-1", cache: 30d}\n${prepare}    outputs: {train: s3://lake/train}\n  read: {type: processing, code: src/prepare.py, inputs: {train: "\${steps.prepare.outputs.train}"}}\n`,
    right: `defaults: {image: "sklearn:1.2-1", cache: 30d}\n${prepare}    outputs: [train]\n  read: {type: processing, code: src/prepare.py, inputs: {train: "\${steps.prepare.outputs.train}"}}\n`,
  },
  'unknown-fingerprint': {
    text: 'A fingerprint is taken of the objects in S3 before a run, and goes into the key of the step. What another step makes, or what only the execution can name, is not there yet; such an input has a new URI whenever it is made, so that it needs no fingerprint.',
    wrong: `${prepare}    outputs: [train]\n  read:\n    type: processing\n    code: src/prepare.py\n    inputs: {train: {from: "\${steps.prepare.outputs.train}", fingerprint: true}}\n`,
    right: `${prepare}    outputs: [train]\n  read:\n    type: processing\n    code: src/prepare.py\n    inputs: {train: "\${steps.prepare.outputs.train}"}\n`,
  },
  'needless-fingerprint': {
    text: 'Local files are uploaded under the hash of their content, so that their URI changes with them. A fingerprint adds nothing.',
    wrong: `${prepare}    inputs: {raw: {from: data/raw.csv, fingerprint: true}}\n`,
    right: `${prepare}    inputs: {raw: data/raw.csv}\n`,
  },
} as const satisfies Readonly<Record<string, Explanation>>
