import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'

const folder = fileURLToPath(new URL('../../../../screenshots/failed', import.meta.url))

/** What everybody saw when a journey failed, and where they were, in `screenshots/failed`. */
export async function keepPictures(browser: Browser, journey: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [i, page] of pages.entries()) {
    await page.screenshot({ path: `${folder}/${journey}-${i}.png` })
    console.error(`${journey}-${i}.png is ${page.url()}: ${await page.locator('body').innerText()}`)
  }
}
