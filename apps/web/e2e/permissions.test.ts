import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { pageOf } from './kit/people.ts'
import { openStudio } from './kit/studio.ts'

let studio: DemoStudio
let browser: Browser

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('a denial takes the button away at once, the explainer names it, and taking it away brings the button back', async () => {
  const [admin, manager] = await Promise.all([pageOf(browser, studio, 'admin'), pageOf(browser, studio, 'manager')])
  await manager.goto(`${studio.studioUrl}/projects/${await projectOf(manager, 'Buttercup')}`)
  const button = manager.getByRole('button', { name: 'Delete project' })
  await button.waitFor()

  await admin.goto(`${studio.studioUrl}/team`)
  const row = admin.getByRole('row').filter({ hasText: 'manager@sparkle.test' })
  await row.getByRole('button', { name: /^Actions for/ }).click()
  await admin.getByRole('menuitem', { name: 'What they may do' }).click()
  await admin.getByRole('button', { name: 'Grant or deny' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Deny' }).click()
  await choose(admin, dialog.getByLabel('Permission'), 'Delete and restore projects')
  await dialog.getByLabel('Why').fill('Not before the audit')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await button.waitFor({ state: 'detached' })

  await choose(admin, admin.getByLabel('Ask about'), 'Delete and restore projects')
  const steps = admin.getByRole('list', { name: 'The rules, in the order in which they are asked' })
  await expect.poll(() => steps.getByRole('listitem').last().innerText()).toContain('Not before the audit')

  await admin.getByRole('button', { name: 'Take away' }).click()
  await button.waitFor()
  await expect.poll(() => steps.getByRole('listitem').last().innerText()).toContain('The role Manager has it')
})

async function projectOf(page: Page, petName: string): Promise<string> {
  const reply = await page.request.get(`${studio.studioUrl}/api/v1/projects?limit=100`)
  const { items } = (await reply.json()) as { items: { id: string; petName: string }[] }
  return items.find((item) => item.petName === petName)?.id ?? ''
}

async function choose(page: Page, select: ReturnType<Page['getByLabel']>, option: string): Promise<void> {
  await select.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
