import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'

const open = new Set<Browser>()

/** The Chromium that journeys and pictures share. */
export async function openBrowser(args = chromiumArgs): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args })
  open.add(browser)
  browser.once('disconnected', () => open.delete(browser))
  return browser
}

/** Those of this process that are not closed yet. */
export function openBrowsers(): Browser[] {
  return [...open]
}

/** A Chromium with one profile of its own, empty and gone at its end, that others may drive by its debugging port. */
export async function openProfile(port: number): Promise<BrowserContext> {
  const args = [...chromiumArgs, `--remote-debugging-port=${port}`]
  return chromium.launchPersistentContext('', { executablePath: await findChromium(), args })
}
