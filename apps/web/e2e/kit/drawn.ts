import type { Page } from 'playwright-core'

/**
 * Waits until the page's content is on the screen. Chromium routes a press by the frame it drew last, so one that comes
 * within milliseconds of a dialog's opening may go to the game under it: no person is that fast, a test is.
 */
export async function drawn(page: Page): Promise<void> {
  await page.screenshot()
}
