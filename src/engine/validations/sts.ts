// The requests of STS, with the limits of its API reference (2011-06-15).

import type {Shape} from './shape.ts'

export const getCallerIdentityShape = {} as const satisfies Shape

export const assumeRoleShape = {
  RoleArn: {kind: 'string', required: true, min: 20, max: 2048},
  RoleSessionName: {kind: 'string', required: true, min: 2, max: 64, pattern: '[\\w+=,.@-]*'},
  DurationSeconds: {kind: 'integer', min: 900, max: 43_200},
} as const satisfies Shape
