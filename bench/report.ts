// How long a browser takes to open a report, from the address to the first frame after all of it was read, by the number of steps;
// beside a page of as many characters that holds nothing but text.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Browser} from 'playwright-core'
import {renderReport} from '../src/views/report/page.ts'
import {isBrowserMissing, launchBrowser, openFile} from '../test/support/browser.ts'
import {largeReport} from '../test/views/report/sample-report.ts'
import {median} from './measure.ts'
import {milliseconds, printTable} from './table.ts'

type Page = {readonly steps: number; readonly path: string; readonly bytes: number; readonly times: number[]}

export async function benchReport(counts: readonly number[], repetitions: number): Promise<void> {
  if (isBrowserMissing('bench report')) return
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const pages = counts.map((steps): {report: Page; text: Page} => {
    const html = renderReport(largeReport(steps))
    const plain = `<!doctype html><title>text</title><pre>${html.replace(/[<>&]/g, ' ')}</pre>`
    const write = (name: string, text: string): Page => {
      const path = join(directory, `${name}-${steps}.html`)
      writeFileSync(path, text)
      return {steps, path, bytes: Buffer.byteLength(text), times: []}
    }
    return {report: write('report', html), text: write('text', plain)}
  })
  const browser = await launchBrowser()
  // The first page of a browser waits for the browser itself.
  await openOnce(browser, pages[0]?.text.path ?? '')
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const page of pages.flatMap(({report, text}) => [report, text])) {
      page.times.push(await openOnce(browser, page.path))
    }
  }
  await browser.close()
  rmSync(directory, {recursive: true, force: true})

  const rows = pages.map(({report, text}) => {
    const [own, plain] = [median(report.times), median(text.times)]
    const size = `${(report.bytes / 1_000_000).toFixed(2)} MB`
    return [String(report.steps), size, milliseconds(own), milliseconds(plain), `${(own / plain).toFixed(1)}x`]
  })
  const title = `Report in Chromium: median of ${repetitions}; aim: 1,000 steps in 2,000 ms and 5 MB`
  printTable(title, ['steps', 'size', 'opens in', 'as plain text', 'ratio'], rows)
}

async function openOnce(browser: Browser, path: string): Promise<number> {
  const started = performance.now()
  const {page} = await openFile(browser, path)
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
  const elapsed = performance.now() - started
  await page.close()
  return elapsed
}
