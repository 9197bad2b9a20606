// The request of QueryLineage.

import type {Shape} from '../shape.ts'
import {associationEntityArn} from './members.ts'

export const queryLineageShape = {
  StartArns: {kind: 'list', max: 1, of: associationEntityArn},
  Direction: {kind: 'string', values: ['Both', 'Ascendants', 'Descendants']},
  IncludeEdges: {kind: 'boolean'},
  Filters: {
    kind: 'structure',
    members: {
      Types: {kind: 'list', max: 5, of: {kind: 'string', max: 40}},
      LineageTypes: {
        kind: 'list',
        max: 4,
        of: {kind: 'string', values: ['TrialComponent', 'Artifact', 'Context', 'Action']},
      },
      CreatedBefore: {kind: 'timestamp'},
      CreatedAfter: {kind: 'timestamp'},
      ModifiedBefore: {kind: 'timestamp'},
      ModifiedAfter: {kind: 'timestamp'},
      Properties: {kind: 'map', max: 5, key: {kind: 'string', max: 256}, of: {kind: 'string', max: 256}},
    },
  },
  MaxDepth: {kind: 'integer', max: 10},
  MaxResults: {kind: 'integer', max: 50},
  NextToken: {kind: 'string', max: 8192},
} as const satisfies Shape
