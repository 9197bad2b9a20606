// What the containers of models and of model packages have alike.

export const modelUrl = {kind: 'string', max: 1024, pattern: '(https|s3)://([^/]+)/?(.*)'} as const

const environment = {
  kind: 'map',
  max: 100,
  key: {kind: 'string', max: 1024, pattern: '[a-zA-Z_][a-zA-Z0-9_]*'},
  of: {kind: 'string', max: 1024},
} as const

export const containerMembers = {
  ContainerHostname: {kind: 'string', max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}'},
  Image: {kind: 'string', max: 255, pattern: '[\\S]+'},
  ModelDataUrl: modelUrl,
  ModelDataSource: {kind: 'document'},
  AdditionalModelDataSources: {kind: 'list', of: {kind: 'document'}, max: 5},
  Environment: environment,
} as const
