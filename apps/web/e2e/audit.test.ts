import type { Browser } from 'playwright-core'
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

test('an admin sees what was changed in a project, field by field, and restores it to before', async () => {
  const page = await pageOf(browser, studio, 'admin')
  const context = page.context()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  const api = `${studio.studioUrl}/api/v1`
  const headers = { origin: studio.studioUrl }
  const projects = (await (await context.request.get(`${api}/projects?q=Buttercup`)).json()) as {
    items: { id: string; petBreed: string }[]
  }
  const project = projects.items[0]
  if (!project) throw new Error('The demo has no Buttercup.')
  const breed = async () =>
    ((await (await context.request.get(`${api}/projects/${project.id}`)).json()) as { petBreed: string }).petBreed
  await context.request.patch(`${api}/projects/${project.id}`, {
    headers,
    data: { petBreed: 'A dragon', customerName: 'Somebody Else' },
  })

  await page.goto(`${studio.studioUrl}/projects/${project.id}/history`)
  await page
    .getByRole('row', { name: /Project changed/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog')
  const changes = sheet.getByRole('region', { name: 'What changed' })
  await changes.getByText('A dragon').waitFor()
  expect(await changes.innerText()).toContain(project.petBreed)
  // Personal values are shut until somebody with the right opens them.
  expect(await changes.innerText()).not.toContain('Somebody Else')
  await sheet.getByRole('button', { name: 'Open personal values' }).click()
  await changes.getByText('Somebody Else').waitFor()

  await sheet.getByRole('button', { name: 'Restore to before' }).click()
  const question = page.getByRole('dialog', { name: 'Restore to before this change?' })
  await question.getByText('Breed').waitFor()
  expect(await breed()).toBe('A dragon')
  await question.getByRole('button', { name: 'Restore', exact: true }).click()
  await page.getByText('Restored').first().waitFor()
  expect(await breed()).toBe(project.petBreed)
  await page
    .getByRole('row', { name: /Earlier state brought back/ })
    .first()
    .waitFor()

  await page.goto(`${studio.studioUrl}/audit?entity=project`)
  await page.getByRole('button', { name: 'Verify chain' }).click()
  await page.getByText(/The chain holds/).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})
