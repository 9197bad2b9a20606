// The built program writes a report of what really ran, and a real browser opens it from disk.

import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Browser} from 'playwright-core'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {isBrowserMissing, launchBrowser, openFile} from '../support/browser.ts'
import {faint, overlapping} from '../support/seen-text.ts'
import {type Stage, stages} from '../support/stage.ts'
import {tempDir} from '../support/temp-dir.ts'

type Shown = {readonly execution: string; readonly steps: readonly {readonly name: string; readonly state: string}[]}

describe.each(stages)('a report on %s', (_name, open) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
  })

  /** A project with two executions: one that ran everything, and one that reused its first step. */
  function trainedTwice(): {readonly directory: string; readonly latest: Shown; readonly first: string} {
    const parent = tempDir()
    stage.mlpipe(parent, 'init', 'tumours')
    const directory = join(parent, 'tumours')
    stage.prepare(join(directory, 'mlpipe.yaml'))
    stage.mlpipe(directory, 'deploy', '--yes')
    stage.mlpipe(directory, 'run')
    const {execution: first} = JSON.parse(stage.mlpipe(directory, 'executions', 'show', '--json').stdout) as Shown
    stage.mlpipe(directory, 'run', '--param', 'epochs=50')
    const latest = JSON.parse(stage.mlpipe(directory, 'executions', 'show', '--json').stdout) as Shown
    return {directory, latest, first}
  }

  describe.skipIf(isBrowserMissing('reports of real executions in a browser'))('in a browser', () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launchBrowser()
    })
    afterAll(() => browser.close())

    it('tells the steps, why one reran, what it was made of, and the metrics of both executions', async () => {
      const {directory, latest, first} = trainedTwice()
      const ran = stage.mlpipe(directory, 'report')
      const name = `tumour-classifier-${latest.execution}.html`
      expect(ran).toMatchObject({exit: 0, stdout: expect.stringContaining(name)})
      expect(ran.stdout).not.toContain('without')

      const {page, problems, requests} = await openFile(browser, join(directory, name))
      expect(problems).toEqual([])
      expect(requests).toHaveLength(1)
      const told = page.locator('.steps .step')
      expect(await told.locator('.name').allTextContents()).toEqual(latest.steps.map((step) => step.name))
      expect(await page.evaluate(`[...document.querySelectorAll('.step')].map((step) => step.dataset.state)`)).toEqual(
        latest.steps.map(({state}) => state),
      )
      expect(latest.steps[0]).toEqual(expect.objectContaining({name: 'prepare', state: 'cached'}))

      await page.locator('#graph [data-node=train]').click()
      const panel = await page.locator('.panel').textContent()
      expect(panel).toContain('HyperParameters.epochs  200 -> 50')
      expect(panel).toContain('src/train.py')
      expect(panel).toContain('epoch=50 ')
      const lineage = await page.locator('#lineage').textContent()
      expect(lineage).toContain('data/wdbc.csv')
      expect(lineage).toContain(first)
      const drawn = page.locator('#lineage .node')
      expect(await drawn.locator('.label').allTextContents()).toEqual(
        expect.arrayContaining(['data/wdbc.csv', 'src/train.py', 'prepare', 'train', 'tumour-classifier/2']),
      )
      expect(await drawn.locator('.caption').allTextContents()).toContain(`Processing in ${first}`)
      const loss = page.locator('.card', {hasText: 'loss'}).first()
      expect(await loss.locator('circle').count()).toBe(2)
      expect(await loss.locator('tbody th').allTextContents()).toEqual([latest.execution, first])
      expect(await page.locator('#spec pre').textContent()).toBe(readFileSync(join(directory, 'mlpipe.yaml'), 'utf8'))
      // What stands still while the page moves below it covers what it is over: that is no overlap.
      await page.keyboard.press('Escape')
      await page.evaluate(`scrollTo({top: 0, behavior: 'instant'})`)
      expect(await page.evaluate(overlapping)).toEqual([])
      expect(await page.evaluate(faint)).toEqual([])
      await page.close()
    })
  })

  it('goes to stdout, and over nothing but another report', () => {
    const {directory} = trainedTwice()
    const page = stage.mlpipe(directory, 'report', '-o', '-')
    expect(page).toMatchObject({exit: 0, stdout: expect.stringMatching(/^<!doctype html>[\s\S]*<\/html>\n$/)})
    expect(stage.mlpipe(directory, 'report', '-o', 'r.html').exit).toBe(0)
    expect(stage.mlpipe(directory, 'report', '-o', 'r.html').exit).toBe(0)
    writeFileSync(join(directory, 'notes.html'), '<p>mine</p>')
    const refused = stage.mlpipe(directory, 'report', '-o', 'notes.html')
    expect(refused).toMatchObject({exit: 64, stderr: expect.stringContaining('is not a report of mlpipe')})
    expect(readFileSync(join(directory, 'notes.html'), 'utf8')).toBe('<p>mine</p>')
  })

  it('leaves the spec out when it has changed since, and says so', () => {
    const {directory} = trainedTwice()
    const file = join(directory, 'mlpipe.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('l2: 0.001', 'l2: 0.002'))
    const {stdout} = stage.mlpipe(directory, 'report', '--json')
    const report = JSON.parse(stdout) as {spec?: unknown; gaps: unknown[]}
    expect(report.spec).toBeUndefined()
    expect(report.gaps).toContainEqual({
      part: 'spec',
      reason: expect.stringContaining('mlpipe.yaml compiles to another'),
    })
  })
})
