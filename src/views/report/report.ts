// `mlpipe report`: where the page was written, as text; or all that it tells, as JSON.

import type {ReportResult} from '../../actions/report/report-data.ts'
import {oneLine} from '../printable.ts'
import {fields} from '../table.ts'
import {bytes} from '../time.ts'
import {nextLines, type View} from '../view.ts'

export const reportView: View<ReportResult> = {
  human: (result, {width}) => {
    const {page, execution, pipeline, target, status, gaps} = result
    if (!page) return ''
    return [
      ...fields(
        [
          ['report', `${page.path} (${bytes(page.bytes)})`],
          ['execution', `${execution} of ${pipeline} on ${target}`],
          ['status', status],
          ...gaps.map(({part, reason}) => ['without', `${part}: ${oneLine(reason)}`] as const),
        ],
        width,
      ),
      ...nextLines(result.next),
    ].join('\n')
  },
  json: ({definition, ...result}) => ({
    ...result,
    ...(definition === undefined ? {} : {definition: parsed(definition)}),
  }),
}

/** The page itself is the result: it goes to stdout. */
export function pageView(page: string): View<ReportResult> {
  return {human: () => page.trimEnd(), json: reportView.json}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
