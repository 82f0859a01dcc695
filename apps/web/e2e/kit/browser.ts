import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'

/** The Chromium that journeys and pictures share. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
}

/** A Chromium with one profile of its own, empty and gone at its end, that others may drive by its debugging port. */
export async function openProfile(port: number): Promise<BrowserContext> {
  const args = [...chromiumArgs, `--remote-debugging-port=${port}`]
  return chromium.launchPersistentContext('', { executablePath: await findChromium(), args })
}
