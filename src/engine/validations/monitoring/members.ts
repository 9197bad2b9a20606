// Members that CloudWatch's operations share, with the API's own limits (CloudWatch API Reference, 2010-08-01).

export const alarmName = {kind: 'string', min: 1, max: 255} as const
export const metricName = {kind: 'string', min: 1, max: 255} as const
export const namespace = {kind: 'string', min: 1, max: 255, pattern: '[^:].*'} as const

export const dimensions = {
  kind: 'list',
  max: 30,
  of: {
    kind: 'structure',
    members: {
      Name: {kind: 'string', required: true, min: 1, max: 255},
      Value: {kind: 'string', required: true, min: 1, max: 1024},
    },
  },
} as const

const sizes = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'] as const
const bits = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'] as const
const perSecond = [...sizes, ...bits, 'Count' as const].map((unit) => `${unit}/Second`)

export const unit = {
  kind: 'string',
  values: ['Seconds', 'Microseconds', 'Milliseconds', ...sizes, ...bits, 'Percent', 'Count', ...perSecond, 'None'],
} as const

export const tagKey = {kind: 'string', min: 1, max: 128} as const
export const tag = {
  kind: 'structure',
  members: {Key: {...tagKey, required: true}, Value: {kind: 'string', required: true, max: 256}},
} as const
