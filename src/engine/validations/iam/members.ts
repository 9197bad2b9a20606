// Members that many IAM operations share, with the API's own limits (API reference of IAM, 2010-05-08).

const namePattern = '[\\w+=,.@-]+'

export const roleName = {kind: 'string', required: true, min: 1, max: 64, pattern: namePattern} as const
export const policyName = {kind: 'string', required: true, min: 1, max: 128, pattern: namePattern} as const
export const policyArn = {kind: 'string', required: true, min: 20, max: 2048} as const
export const policyDocument = {kind: 'string', required: true, min: 1, max: 131_072} as const
/** A role's path begins and ends with a slash. */
export const path = {kind: 'string', min: 1, max: 512, pattern: '(/)|(/[\\x21-\\x7E]+/)'} as const
export const pathPrefix = {kind: 'string', min: 1, max: 512, pattern: '/[\\x21-\\x7F]*'} as const
export const tagKey = {kind: 'string', required: true, min: 1, max: 128} as const
export const tags = {
  kind: 'list',
  of: {kind: 'structure', members: {Key: tagKey, Value: {kind: 'string', required: true, max: 256}}},
  max: 50,
} as const
/** How every List operation is paged. */
export const paging = {
  Marker: {kind: 'string', min: 1, max: 2048},
  MaxItems: {kind: 'integer', min: 1, max: 1000},
} as const
