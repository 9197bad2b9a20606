// The SVG as a browser draws it, with the fonts that this machine has: nothing sticks out of its box, and no text lies on another.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {renderSvg} from '../../src/picture/svg/svg.ts'
import {isBrowserMissing, launchBrowser} from '../support/browser.ts'
import {tempDir} from '../support/temp-dir.ts'
import {definitionNames, pictureOfDefinition} from './drawn-definitions.ts'
import {hostilePicture} from './made-pictures.ts'

const pictures = [
  ...definitionNames.map((name) => [name, pictureOfDefinition(name)] as const),
  ['hostile names', hostilePicture] as const,
]

describe.skipIf(isBrowserMissing('pictures in a browser'))('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  it.each(pictures)('%s: every text in its box, none on another', async (_name, picture) => {
    for (const direction of ['down', 'right'] as const) {
      const page = await open(browser, renderSvg(picture, {direction}))
      expect(await page.evaluate(findProblems)).toEqual([])
      expect(await page.locator('[data-node]').count()).toBe(picture.nodes.length)
      await page.close()
    }
  })

  it('is dark for who wants it dark', async () => {
    const svg = renderSvg(hostilePicture)
    const grounds: unknown[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(browser, svg, colorScheme)
      grounds.push(await page.evaluate(groundColours))
      await page.close()
    }
    expect(grounds).toEqual([['rgb(255, 255, 255)'], ['rgb(13, 17, 23)']])
  })

  it('keeps two pictures in one page apart', async () => {
    const [first, second] = ['abalone_classic', 'conditions_nested'].map(pictureOfDefinition)
    if (!first || !second) throw new Error('no pictures')
    const page = await browser.newPage()
    const svgs = [
      renderSvg(first, {theme: 'light', idPrefix: 'one'}),
      renderSvg(second, {theme: 'dark', idPrefix: 'two'}),
    ]
    await page.setContent(`<!doctype html>${svgs.join('')}`)
    expect(await page.evaluate(groundColours)).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)'])
    const ids: string[] = await page.evaluate('[...document.querySelectorAll("[id]")].map(({id}) => id)')
    expect(new Set(ids).size).toBe(ids.length)
    await page.close()
  })
})

async function open(browser: Browser, svg: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const file = join(tempDir(), 'picture.svg')
  writeFileSync(file, svg)
  const page = await browser.newPage({colorScheme})
  await page.goto(pathToFileURL(file).href)
  return page
}

/** Runs in the page, whose types are not known here. */
const findProblems = `(() => {
  const problems = []
  const svg = document.documentElement.outerHTML
  if (new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')) problems.push('not well-formed')
  const boxOf = (element) => element.getBoundingClientRect()
  for (const text of document.querySelectorAll('[data-node] text')) {
    const inner = boxOf(text)
    const outer = boxOf(text.closest('[data-node]').querySelector('.box'))
    const isWithin = inner.left >= outer.left && inner.right <= outer.right
    if (!isWithin || inner.top < outer.top || inner.bottom > outer.bottom) problems.push(text.textContent + ' leaves its box')
  }
  const texts = [...document.querySelectorAll('text')]
  for (const [index, text] of texts.entries()) {
    const one = boxOf(text)
    if (one.right > boxOf(document.documentElement).right) problems.push(text.textContent + ' leaves the frame')
    for (const other of texts.slice(index + 1)) {
      const two = boxOf(other)
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left)
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top)
      // A text's box has room for accents and descenders, whether there are some or not.
      if (wide > 0.5 && high > 4) problems.push(text.textContent + ' lies on ' + other.textContent)
    }
  }
  return problems
})()`

const groundColours =
  "[...document.querySelectorAll('svg > rect.ground')].map((ground) => getComputedStyle(ground).fill)"
