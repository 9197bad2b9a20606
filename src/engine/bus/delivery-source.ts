// The rule or schedule that a delivery comes from, read from its ARN.

import type {DeliveryRow} from '../store/deliveries.ts'
import {secondsText} from './seconds-text.ts'

export type DeliverySource =
  | {readonly kind: 'rule'; readonly name: string}
  | {readonly kind: 'schedule'; readonly name: string; readonly scheduledTime: string}

export function sourceOf({id, sourceArn}: Pick<DeliveryRow, 'id' | 'sourceArn'>): DeliverySource {
  const name = sourceArn.slice(sourceArn.lastIndexOf('/') + 1)
  if (!sourceArn.includes(':schedule/')) return {kind: 'rule', name}
  const scheduledMs = Number(id.slice(sourceArn.length + 1))
  return {kind: 'schedule', name, scheduledTime: secondsText(scheduledMs)}
}
