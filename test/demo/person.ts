/** A person in front of the demo: logs in, and decides. */
import { Browser, formOf } from './browser.ts'
import type { Page } from './browser.ts'

export interface Choice {
  /** Optional scopes to tick. */
  readonly tick?: readonly string[]
  readonly decision?: 'allow' | 'deny'
}

/** From an authorization URL to the consent page, or wherever it leads when there is no question. */
export async function logIn(browser: Browser, url: string): Promise<Page> {
  const page = await browser.open(url)
  return page.url.includes('/interaction/') && page.text.includes('name="name"')
    ? browser.submit(page, [['name', 'Ada']])
    : page
}

/** Answers the consent page; the URL that the browser ends at. */
export async function decide(browser: Browser, page: Page, choice: Choice = {}): Promise<string> {
  const { tick = [], decision = 'allow' } = choice
  const ticked = formOf(page).boxes.filter(([, value]) => tick.includes(value))
  if (ticked.length !== tick.length) throw new Error(`no box for each of ${tick.join()}: ${page.text}`)
  const { url, status, text } = await browser.submit(page, [...ticked, ['consent', decision]])
  if (status !== 0) throw new Error(`status ${status} at ${url}: ${text}`)
  return url
}

/** All of it, with its own browser. */
export async function authorize(base: string, url: string, choice: Choice = {}): Promise<string> {
  const browser = new Browser(base)
  return decide(browser, await logIn(browser, url), choice)
}
