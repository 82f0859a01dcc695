import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { demoPassword, type DemoStudio } from '../../../../tools/lib/demo-studio.ts'

/**
 * An empty page of somebody of the demo who is signed in, in a context of their own. The way through the page of
 * sign-in is walked by order-to-play.test.ts and sign-in-ways.test.ts.
 */
export async function pageOf(
  browser: Browser,
  { studioUrl }: DemoStudio,
  who: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const reply = await context.request.post(`${studioUrl}/api/v1/auth/login`, {
    data: { email: `${who}@sparkle.test`, password: demoPassword },
    headers: { origin: studioUrl },
  })
  if (!reply.ok()) throw new Error(`${who} could not sign in: ${reply.status()} ${await reply.text()}`)
  return context.newPage()
}
