// The page of a report in a real browser, opened from disk: what is seen, what can be done, and that nothing gets out.

import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {ReportResult} from '../../../src/actions/report/report-data.ts'
import {renderReport} from '../../../src/views/report/page.ts'
import {isBrowserMissing, type Look, launchBrowser, openFile} from '../../support/browser.ts'
import {beyondWindow, faint, overlapping} from '../../support/seen-text.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {largeReport, retriedReport, sampleReport} from './sample-report.ts'

const widths = [380, 800, 1400]

describe.skipIf(isBrowserMissing('reports in a browser'))('a report in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  /** Opens it, and holds it to what every report must keep: silent, and alone. */
  async function opened(report: ReportResult, look?: Look): Promise<Page> {
    const path = join(tempDir(), 'report.html')
    writeFileSync(path, renderReport(report))
    const {page, problems, requests} = await openFile(browser, path, look)
    expect(problems).toEqual([])
    expect(requests).toEqual([`file://${path}`])
    return page
  }

  const focused = (page: Page) => page.evaluate('document.activeElement.textContent')
  const lengthsOn = (page: Page) => page.locator('.axis text[dy]:visible').allTextContents()
  const panelTitle = (page: Page) => page.locator('.panel h2').textContent()
  /** Everything unfolded and drawn, as a reader would come by it. */
  async function unfoldAll(page: Page): Promise<void> {
    await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
    await page.evaluate(
      `for (const each of document.querySelectorAll('.step, .timeline li')) each.style.contentVisibility = 'visible'`,
    )
  }

  it('tells every step, in the graph, on the timeline and in the list', async () => {
    const report = sampleReport()
    const page = await opened(report)
    const names = report.steps.map(({name}) => name)
    expect(await page.locator('.steps .step .name').allTextContents()).toEqual(names)
    expect(await page.locator('#graph .node .label').allTextContents()).toEqual(names)
    const started = report.steps.filter(({startedAt}) => startedAt !== undefined).map(({name}) => name)
    expect(await page.locator('.timeline .name').allTextContents()).toEqual(started)
    await page.close()
  })

  it('opens a step from the graph by a click, and closes it by Esc where it was opened', async () => {
    const page = await opened(sampleReport())
    expect(await page.locator('.panel').isVisible()).toBe(false)
    await page.locator('#graph [data-node=train]').click()
    expect(await panelTitle(page)).toBe('train')
    expect(await page.locator('.panel').textContent()).toContain('HyperParameters.epochs')
    await page.keyboard.press('Escape')
    expect(await page.locator('.panel').isVisible()).toBe(false)
    expect(await page.evaluate('document.activeElement.dataset.node')).toBe('train')
    await page.close()
  })

  it('opens a step by keyboard, and goes on to the next with the arrow keys', async () => {
    const page = await opened(sampleReport())
    await page.locator('.graph [data-opens]').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await panelTitle(page)).toBe('train')
    await page.keyboard.press('ArrowDown')
    expect(await panelTitle(page)).toBe('explain')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await panelTitle(page)).toBe('prepare')
    await page.keyboard.press('ArrowUp')
    expect(await panelTitle(page)).toBe('prepare')
    expect(await page.locator('.timeline .chosen .name').textContent()).toBe('prepare')
    await page.close()
  })

  it('searches with /, walks what was found, and forgets it with Esc', async () => {
    const page = await opened(sampleReport())
    const shown = () => page.locator('.steps .step:visible .name').allTextContents()
    await page.keyboard.press('/')
    await page.keyboard.type('epochs 300')
    expect(await shown()).toEqual(['train'])
    expect(await page.locator('.timeline .away').count()).toBe(5)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.locator('#step-train').getAttribute('open')).not.toBeNull()
    await page.keyboard.press('/')
    await page.keyboard.type('nothing is like this')
    expect(await shown()).toEqual([])
    expect(await page.locator('.none').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await shown()).toHaveLength(7)
    await page.close()
  })

  it('shows the steps of one state only, and goes from step to step with the arrow keys', async () => {
    const page = await opened(sampleReport())
    await page.locator('.chip', {hasText: 'cached'}).click()
    expect(await page.locator('.steps .step:visible .name').allTextContents()).toEqual(['prepare'])
    await page.locator('.chip', {hasText: 'cached'}).click()
    await page.locator('#step-train summary').focus()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toContain('explain')
    await page.keyboard.press('End')
    expect(await focused(page)).toContain('reject')
    await page.close()
  })

  it('opens a step from the lineage too, also one that another execution ran, and none that is not of this one', async () => {
    const page = await opened(sampleReport())
    const box = (name: string) => page.locator('#lineage .node', {hasText: name})
    await box('train').click()
    expect(await panelTitle(page)).toBe('train')
    expect(await page.locator('.graph .chosen .label').allTextContents()).toEqual(['train', 'train'])
    await page.keyboard.press('Escape')
    expect(await page.evaluate(`document.activeElement.closest('section').id`)).toBe('lineage')
    await box('in earlier1').click()
    expect(await panelTitle(page)).toBe('prepare')
    await page.keyboard.press('Escape')
    for (const other of ['fetch', 'data/wdbc.csv', 'tumours/7']) {
      await box(other).click()
      expect(await page.locator('.panel').isVisible()).toBe(false)
    }
    await page.close()
  })

  it('goes through all of the lineage with the arrow keys, and opens a step with Enter', async () => {
    const page = await opened(sampleReport())
    const reached = () => page.evaluate('document.activeElement.dataset.node ?? document.activeElement.ariaLabel')
    await page.locator('#lineage .graph').focus()
    expect(await reached()).toBe('Lineage, scrolls')
    await page.keyboard.press('Tab')
    expect(await reached()).toBe('step earlier2 fetch')
    await page.keyboard.press('Enter')
    expect(await page.locator('.panel').isVisible()).toBe(false)
    await page.keyboard.press('End')
    expect(await reached()).toBe('endpoint tumours')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await panelTitle(page)).toBe('prepare')
    await page.keyboard.press('Escape')
    expect(await reached()).toBe('prepare')
    await page.close()
  })

  it('fits each picture to the width for itself', async () => {
    const page = await opened(sampleReport(), {width: 380})
    const scrolls = (id: string) =>
      page.evaluate(
        `(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('#${id} .graph'))`,
      )
    const button = (id: string) => page.locator(`#${id} .graph-tools button`)
    expect(await scrolls('lineage')).toBe(true)
    await button('lineage').click()
    expect(await scrolls('lineage')).toBe(false)
    expect(await button('lineage').textContent()).toBe('Full size')
    expect(await scrolls('graph')).toBe(true)
    expect(await button('graph').textContent()).toBe('Fit to width')
    await button('graph').click()
    expect(await scrolls('graph')).toBe(false)
    await button('lineage').click()
    expect(await scrolls('lineage')).toBe(true)
    await page.close()
  })

  it('has the colours of the page in both pictures', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await opened(sampleReport(), {scheme})
      const fills = await page.evaluate(
        `[...document.querySelectorAll('.graph [data-node=train] .box, .badge.good')].map((each) => getComputedStyle(each)).map(({fill, backgroundColor}) => fill === 'rgb(0, 0, 0)' ? backgroundColor : fill)`,
      )
      expect(new Set(fills as string[]).size).toBe(1)
      await page.close()
    }
  })

  it('has a skip link first, a focus that can be seen, and one tab stop for all of each picture', async () => {
    const page = await opened(sampleReport())
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the steps')
    expect(await page.evaluate(`document.activeElement.getBoundingClientRect().top >= 0`)).toBe(true)
    expect(await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid')
    expect(await page.locator('#graph .node[tabindex="0"]').count()).toBe(1)
    expect(await page.locator('#lineage .node[tabindex="0"]').count()).toBe(1)
    expect(await page.locator('.timeline [data-opens][tabindex="0"]').count()).toBe(1)
    await page.close()
  })

  it('is dark or light as the system is, until the reader chooses', async () => {
    const page = await opened(sampleReport(), {scheme: 'dark'})
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    const dark = await ground()
    await page.locator('.theme').click()
    expect(await page.locator('.theme').textContent()).toBe('Theme: light')
    const light = await ground()
    expect(light).not.toBe(dark)
    await page.locator('.theme').click()
    expect(await ground()).toBe(dark)
    await page.reload()
    expect(await page.locator('.theme').textContent()).toBe('Theme: dark')
    await page.close()
  })

  it('opens the step that its address names', async () => {
    const page = await opened(sampleReport())
    await page.evaluate(`location.hash = '#step-evaluate'`)
    await page.locator('#step-evaluate[open]').waitFor()
    await page.close()
  })

  it('copies a command', async () => {
    const page = await opened(sampleReport())
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('[data-copy=next-0]').click()
    await page.locator('[data-copy=next-0]', {hasText: 'Copied'}).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('mlpipe models approve tumours/7')
    await page.close()
  })

  it.each(widths)('has no text over another and nothing beyond the window at a width of %i', async (width) => {
    const page = await opened(
      sampleReport({failure: {step: 'train', reason: 'a reason\n  of two lines', log: ['a line']}}),
      {width},
    )
    await unfoldAll(page)
    expect(await page.evaluate(overlapping)).toEqual([])
    expect(await page.evaluate(beyondWindow)).toEqual([])
    await page.locator('.timeline a').first().click()
    const {x = -1, width: wide = 0} = (await page.locator('.panel').boundingBox()) ?? {}
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + wide).toBeLessThanOrEqual(width)
    await page.close()
  })

  it.each(widths)('breaks the timeline where no step ran for days, at a width of %i', async (width) => {
    const page = await opened(retriedReport(), {width})
    await unfoldAll(page)
    expect(await page.evaluate(overlapping)).toEqual([])
    expect(await page.evaluate(beyondWindow)).toEqual([])
    expect(await lengthsOn(page)).toEqual(width < 576 ? ['3 d 0 h'] : ['3 d 0 h', '23 h 59 min'])
    const sides = async (selector: string) => {
      const boxes = await Promise.all((await page.locator(selector).all()).map((each) => each.boundingBox()))
      return boxes.map((box) => [box?.x ?? 0, (box?.x ?? 0) + (box?.width ?? 0)] as const)
    }
    const bars = await sides('.timeline li .track > rect')
    const breaks = await sides('.timeline .break')
    expect(breaks).toHaveLength(2)
    for (const [from, to] of breaks) {
      expect(to - from).toBeGreaterThan(10)
      expect(bars.filter(([left, right]) => right > from + 4 && left < to - 4)).toEqual([])
    }
    const [train = [0, 0], , evaluate = [0, 0]] = bars
    expect((train[1] - train[0]) / (evaluate[1] - evaluate[0])).toBeCloseTo(91 / 28, 0)
    expect(await page.locator('#timeline .title p').textContent()).toContain('2 min 02 s, not counting 3 d 23 h')
    expect(await page.locator('.head').textContent()).toContain(
      '3 d 0 h before evaluate, since 2026-01-02 09:31:32 UTC',
    )
    await page.close()
  })

  it.each([
    [320, ['0', '1 min'], ['3 d 0 h']],
    [400, ['0', '1 min'], ['3 d 0 h', '1 min 04 s']],
    [800, ['0', '30 s', '1 min', '1 min 30 s'], ['3 d 0 h', '2 h 00 min', '1 min 04 s']],
    [1300, ['0', '30 s', '1 min', '1 min 30 s'], ['3 d 0 h', '2 h 00 min', '1 min 04 s']],
  ])('tells along a timeline of three breaks what has room at a width of %i', async (width, times, lengths) => {
    const page = await opened(retriedReport({train: 64, evaluate: 3 * 86_400, register: 7200}), {width})
    await unfoldAll(page)
    expect(await page.locator('.axis text:not([dy]):visible').allTextContents()).toEqual(times)
    expect(await lengthsOn(page)).toEqual(lengths)
    expect(await page.evaluate(overlapping)).toEqual([])
    expect(await page.evaluate(beyondWindow)).toEqual([])
    await page.close()
  })

  it('tells when it ended, which is not as long after it started as it took', async () => {
    const page = await opened(retriedReport())
    const facts = await page.locator('.head .facts > div').allTextContents()
    expect(facts.slice(0, 3)).toEqual([
      'Started2026-01-02 09:30:00 UTC',
      'Ended2026-01-06 09:32:01 UTC',
      'Took2 min 02 s',
    ])
    await page.close()
  })

  it('would notice a text over another, one beyond the window, and a faint one', async () => {
    const page = await opened(sampleReport())
    await page.evaluate(`document.querySelector('h1').style.marginBottom = '-40px'`)
    expect(await page.evaluate(overlapping)).not.toEqual([])
    await page.evaluate(`document.querySelector('h1').style.marginLeft = '1300px'`)
    expect(await page.evaluate(beyondWindow)).not.toEqual([])
    await page.evaluate(`document.querySelector('h1').style.color = '#aaa'`)
    expect(await page.evaluate(faint)).not.toEqual([])
    await page.close()
  })

  it.each(['light', 'dark'] as const)('has a contrast of 4.5 and more in %s', async (scheme) => {
    const failed = sampleReport().steps.map((step, index) => (index === 1 ? {...step, state: 'failed' as const} : step))
    const page = await opened(
      sampleReport({
        endedAt: undefined,
        status: 'Executing',
        steps: failed,
        failure: {step: 'train', reason: 'no', log: ['x']},
      } as never),
      {scheme},
    )
    await unfoldAll(page)
    expect(await page.evaluate(faint)).toEqual([])
    await page.close()
  })

  it('unfolds everything on paper, and is white', async () => {
    const page = await opened(sampleReport(), {scheme: 'dark'})
    await page.emulateMedia({media: 'print', colorScheme: 'dark'})
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    const folded = `[...document.querySelectorAll('details > :not(summary)')].filter((each) => each.getBoundingClientRect().height === 0).length`
    expect(await page.evaluate(folded)).toBe(0)
    expect(await page.locator('.bar').isVisible()).toBe(false)
    expect(await page.locator('.toolbar').isVisible()).toBe(false)
    expect(await page.evaluate(overlapping)).toEqual([])
    const cut = `[...document.querySelectorAll('.graph')].filter(({scrollWidth, clientWidth, scrollHeight, clientHeight}) => scrollWidth > clientWidth || scrollHeight > clientHeight).length`
    expect(await page.evaluate(cut)).toBe(0)
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.locator('details:not([open])').count()).toBe(0)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await page.locator('details[open]').count()).toBe(0)
    await page.close()
  })

  it.each([
    [14, 'on one sheet of paper'],
    [60, 'on as many sheets of paper as it takes to be read'],
  ])('has a graph of %i steps in a row %s', async (amount, words) => {
    const names = Array.from({length: amount}, (_, index) => `step-${index}`)
    const graph: ReportResult['graph'] = {
      title: 'row',
      description: 'one after the other',
      nodes: names.map((id) => ({id, label: id, kind: 'step', notes: []})),
      edges: names.slice(1).map((to, index) => ({from: names[index] ?? '', to, kind: 'data'})),
    }
    const page = await opened(sampleReport({graph}))
    await page.emulateMedia({media: 'print'})
    const {height = 0} = (await page.locator('#graph svg').boundingBox()) ?? {}
    const sheet = (247 / 25.4) * 96
    expect(height < sheet).toBe(words.includes('one sheet'))
    await page.close()
  })

  it('shows what others wrote, and does nothing of it', async () => {
    const report = hostileReport()
    const page = await opened(report, {width: 380})
    await unfoldAll(page)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img, iframe, object, a[href^=javascript]').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(1)
    expect(await page.locator('.steps .step').count()).toBe(report.steps.length)
    expect(await page.locator('.steps').textContent()).toContain('</script><script>window.hacked = 1</script>')
    expect(await page.evaluate(beyondWindow)).toEqual([])
    expect(await page.evaluate(overlapping)).toEqual([])
    await page.locator('.timeline a').first().click()
    expect(await panelTitle(page)).toBe(hostile[0])
    await page.close()
  })

  it('keeps 1,000 steps below 5 MB, each of them to be found', async () => {
    const report = largeReport(1000)
    expect(Buffer.byteLength(renderReport(report))).toBeLessThan(5_000_000)
    const page = await opened(report)
    expect(await page.locator('.steps .step').count()).toBe(1000)
    expect(await page.locator('.graph .node').count()).toBe(1000)
    expect(await page.locator('#lineage').textContent()).toContain('mlpipe lineage this1 -o lineage.dot')
    await page.keyboard.press('/')
    await page.keyboard.type('step-0777')
    await page.locator('#step-step-0777').waitFor({state: 'visible'})
    await page.close()
  })
})

const hostile = [
  '</script><script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked=2">',
  `" onmouseover="window.hacked=3" '`,
  'שלום עולם',
  '🦆🦆 data',
  'x'.repeat(400),
]

/** Every text that comes from outside is one of those. */
function hostileReport(): ReportResult {
  const report = sampleReport()
  const name = (index: number) => hostile[index % hostile.length] ?? ''
  const long = `${name(0)} ${'y'.repeat(10_000)}`
  const steps = report.steps
    .slice(0, hostile.length)
    .map((step, index) => ({...step, name: name(index), failureReason: long}))
  return {
    ...report,
    pipeline: name(1),
    displayName: name(3),
    description: long,
    startedBy: name(2),
    steps,
    parameters: hostile.map((text) => ({name: text, value: long, isDefault: false})),
    failure: {step: name(0), reason: long, log: [long, ...hostile]},
    logs: steps.map((step) => ({step: step.name, lines: [long, ...hostile]})),
    history: {
      executions: [{execution: name(0), arn: name(1), status: name(2), startedAt: report.startedAt}],
      series: hostile.map((text) => ({step: text, report: text, name: text, points: [{execution: name(0), value: 1}]})),
      more: 0,
    },
    graph: {
      title: name(0),
      description: name(1),
      nodes: steps.map((step) => ({id: step.name, label: step.name, kind: 'step', notes: [name(1)]})),
      edges: [],
    },
    lineage: {
      executions: [],
      steps: [],
      models: [],
      gaps: [...hostile],
      picture: {
        title: name(0),
        description: name(1),
        nodes: hostile.map((text) => ({id: text, label: text, kind: 'data', caption: text, notes: [text]})),
        edges: hostile.slice(1).map((to) => ({from: name(0), to, kind: 'data', label: to})),
      },
    },
    gaps: hostile.map((reason) => ({part: 'logs', reason})),
    spec: {file: name(0), text: long, known: 'by-hash'},
    definition: long,
    next: [...hostile],
  }
}
