import { type Browser, chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'

/** The Chromium that journeys and pictures share. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
}
