import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterEach } from 'vitest'
import { openBrowsers } from './browser.ts'

const folder = fileURLToPath(new URL('../../../../screenshots/failed', import.meta.url))
const longest = 600
const patienceMs = 5000
const content = 'body:not(:has(main)), main, [role=dialog], [role=alertdialog]'

// A wait that runs out names only what did not come: what everybody saw instead belongs into the same message.
afterEach(async ({ task: { result, name, file } }) => {
  const error = result?.state === 'fail' ? result.errors?.[0] : undefined
  if (!error) return
  const title = `${basename(file.name).split('.')[0]} ${name}`.replaceAll(/\W+/g, '-').slice(0, 80)
  const pages = openBrowsers().flatMap((browser) => browser.contexts().flatMap((context) => context.pages()))
  const told = await Promise.all(pages.map((page, i) => tell(page, `${folder}/${title}-${i}.png`)))
  error.message += told.join('')
})

/** Where a person was and what the page said, with a picture kept in `screenshots/failed`. */
async function tell(page: Page, path: string): Promise<string> {
  // What lies over the page, else the page without the navigation around it.
  const text = page.locator(content).last().innerText({ timeout: patienceMs })
  const [said, kept] = await Promise.allSettled([text, page.screenshot({ path, timeout: patienceMs })])
  const words = said.status === 'fulfilled' ? said.value.replaceAll(/\s+/g, ' ').slice(0, longest) : String(said.reason)
  const picture = kept.status === 'fulfilled' ? path : `no picture: ${String(kept.reason)}`
  return `\n\n${page.url()} (${picture}) showed:\n${words}`
}
