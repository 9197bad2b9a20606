// What a trigger waits for, in the phrase that `trigger list` has for it once it stands.

import {describeStarter} from '../../../trigger/describe.ts'
import {documentsOf} from '../../../trigger/documents.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {pipelineArnOf, type Subject} from './subject.ts'

export function waitsFor(trigger: Trigger, subject: Subject, pipelineArn: string = pipelineArnOf(subject)): string {
  const place = {pipelineName: subject.pipelineName, pipelineArn, roleArn: '', version: ''}
  return describeStarter(documentsOf(trigger, place).starter).waitsFor
}
