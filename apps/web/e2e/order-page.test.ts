import { fileURLToPath } from 'node:url'
import { devices, type Browser, type Page, type Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { openStudio } from './kit/studio.ts'

const photo = fileURLToPath(new URL('../../api/test/fixtures/chelsea.png', import.meta.url))

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

test('a draft outlives a reload, with its photo', async () => {
  const page = await orderPage()
  await fillPet(page, 'Reload')
  await page.getByRole('button', { name: 'Next: The game' }).click()
  await page.getByRole('radio', { name: 'Seaside' }).click()
  await page.reload()
  await page.getByRole('img', { name: 'Reload as a rough pixel sketch, walking' }).waitFor()
  expect(await page.getByRole('radio', { name: 'Seaside' }).getAttribute('aria-checked')).toBe('true')
  await page.getByRole('button', { name: 'Back' }).click()
  expect(await page.getByLabel('Name of your pet').inputValue()).toBe('Reload')
  await page.getByText('chelsea.png').waitFor()
  await page.context().close()
})

test('a file that is no picture is refused at once, and the photo beside it arrives', async () => {
  const page = await orderPage()
  const pdf = { name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from('%PDF-1.7 not a cat') }
  await page.locator('input[type=file]').setInputFiles(pdf)
  await page.getByText('This is no picture we can read').waitFor()
  await page.locator('input[type=file]').setInputFiles(photo)
  await page.getByText('Arrived').waitFor()
  expect(await page.getByText('Arrived').count()).toBe(1)
  await page.context().close()
})

test("the browser's Back goes one step back, and what was entered stays", async () => {
  const page = await orderPage()
  await fillOrder(page, 'Backwards')
  await page.goBack()
  await page.getByRole('heading', { name: 'What should the game be like?' }).waitFor()
  await page.goBack()
  expect(await page.getByLabel('Name of your pet').inputValue()).toBe('Backwards')
  await page.goForward()
  await page.goForward()
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ann Miller')
  await page.context().close()
})

test('an order whose answer is lost is sent again and counts once', async () => {
  const page = await orderPage()
  await fillOrder(page, 'Once')
  await page.route('**/orders', arriveUnanswered, { times: 1 })
  await page.getByRole('button', { name: 'Send the order' }).click()
  await page.getByText('The studio cannot be reached.').waitFor()
  // Even after a reload: the key belongs to the draft.
  await page.waitForTimeout(400)
  await page.reload()
  await page.getByRole('button', { name: 'Send the order' }).click()
  await page.getByRole('heading', { name: /Thank you/ }).waitFor()
  expect(await ordersOf('Once')).toBe(1)
  await page.context().close()
})

test('an order whose answer is lost counts as it was sent, even if something is changed before the next try', async () => {
  const page = await orderPage()
  await fillOrder(page, 'Changed')
  await page.route('**/orders', arriveUnanswered, { times: 1 })
  await page.getByRole('button', { name: 'Send the order' }).click()
  await page.getByText('The studio cannot be reached.').waitFor()
  await page.getByLabel('Phone').fill('+49 30 123456')
  await page.getByRole('button', { name: 'Send the order' }).click()
  await page.getByText('An earlier try had already reached us').waitFor()
  expect(await ordersOf('Changed')).toBe(1)
  await page.context().close()
})

test('a field that the API refuses is marked on its own step', async () => {
  const page = await orderPage()
  await fillOrder(page, 'Refused')
  // Spoils the request on its way, so that the refusal is the API's own.
  await page.route(
    '**/orders',
    (route) => {
      const body = route.request().postDataJSON() as { pet: { name: string } }
      return route.continue({ postData: JSON.stringify({ ...body, pet: { ...body.pet, name: ' ' } }) })
    },
    { times: 1 },
  )
  await page.getByRole('button', { name: 'Send the order' }).click()
  await page.getByText('Some answers need another look.').waitFor()
  const name = page.getByLabel('Name of your pet')
  expect(await name.getAttribute('aria-invalid')).toBe('true')
  expect(await ordersOf('Refused')).toBe(0)
  await page.context().close()
})

/** The order reaches the API, but its answer never comes back. */
async function arriveUnanswered(route: Route): Promise<void> {
  const response = await route.fetch()
  expect(response.status()).toBe(201)
  await route.abort('connectionreset')
}

async function orderPage(): Promise<Page> {
  const context = await browser.newContext({ ...devices['Pixel 7'] })
  const page = await context.newPage()
  await page.goto(`${studio.studioUrl}/order/sparkle`)
  return page
}

async function fillPet(page: Page, name: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(photo)
  await page.getByText('Arrived').waitFor()
  await page.getByLabel('Name of your pet').fill(name)
}

async function fillOrder(page: Page, pet: string): Promise<void> {
  await fillPet(page, pet)
  await page.getByRole('button', { name: 'Next: The game' }).click()
  await page.getByRole('button', { name: 'Next: You' }).click()
  await page.getByLabel('Your name').fill('Ann Miller')
  await page.getByLabel('E-mail').fill('ann@example.test')
  await page.getByRole('checkbox', { name: /I agree/ }).check()
}

/** How many projects the studio has for a pet of this name. */
async function ordersOf(pet: string): Promise<number> {
  const url = `${studio.studioUrl}/api/v1`
  const login = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'manager@sparkle.test', password: demoPassword }),
  })
  const { accessToken } = (await login.json()) as { accessToken: string }
  const headers = { authorization: `Bearer ${accessToken}` }
  const list = (await (await fetch(`${url}/projects?limit=100`, { headers })).json()) as {
    items: { petName: string }[]
  }
  return list.items.filter(({ petName }) => petName === pet).length
}
