// A real browser, for pages that mlpipe writes: Debian's Chromium, driven by playwright-core, where this machine has it.

import {existsSync} from 'node:fs'
import {pathToFileURL} from 'node:url'
import {type Browser, chromium, type Page} from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export function findChromium(): string | undefined {
  return places.find((path) => existsSync(path))
}

/** Says loudly that tests are skipped. To be used as `describe.skipIf(isBrowserMissing('what is skipped'))`. */
export function isBrowserMissing(suite: string): boolean {
  if (findChromium() !== undefined) return false
  console.warn(`SKIPPED: ${suite}, since this machine has no Chromium (apt install chromium)`)
  return true
}

/** With a profile of its own, and without the requests that Chromium makes for itself. */
export function launchBrowser(): Promise<Browser> {
  const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map((name) => `--disable-${name}`)
  return chromium.launch({executablePath: findChromium() ?? '', args: ['--no-sandbox', '--no-first-run', ...quiet]})
}

export type Look = {readonly width?: number; readonly scheme?: 'light' | 'dark'}

export type OpenedPage = {
  readonly page: Page
  /** What the console said, and errors that nobody caught. */
  readonly problems: readonly string[]
  /** Everything that was asked for, the file itself too. */
  readonly requests: readonly string[]
}

/** Opens a file as it lies on disk. */
export async function openFile(
  browser: Browser,
  path: string,
  {width = 1400, scheme = 'light'}: Look = {},
): Promise<OpenedPage> {
  const page = await browser.newPage({viewport: {width, height: 900}, colorScheme: scheme})
  const problems: string[] = []
  const requests: string[] = []
  page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(path).href)
  return {page, problems, requests}
}
