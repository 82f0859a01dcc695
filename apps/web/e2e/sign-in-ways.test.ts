import { createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../../tools/lib/chromium.ts'
import { demoPassword, startDemoStudio, type DemoStudio } from '../../../tools/lib/demo-studio.ts'

let studio: DemoStudio
let browser: Browser

beforeAll(async () => {
  studio = await startDemoStudio()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

const email = 'artist@sparkle.test'
const chosen = 'a walk beside the river'

async function newPage(): Promise<Page> {
  return (await browser.newContext()).newPage()
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The link of a caught mail; nothing else ever shows it. */
async function resetLink(): Promise<string | null> {
  const folder = join(studio.dataDir, 'mail')
  for (const file of await readdir(folder)) {
    // Quoted-printable (RFC 2045, 6.7): a line that ends in `=` goes on in the next.
    const mail = (await readFile(join(folder, file), 'utf8')).replaceAll(/=\r?\n/g, '')
    const link = /https?:\/\/\S+\/reset-password#[\w.~-]+/.exec(mail)
    if (link) return link[0]
  }
  return null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code an app shows, `ahead` steps from now: each is good once, so that every use takes another (RFC 6238). */
function codeOf(secret: string, ahead: number): string {
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(step).digest()
  const number = mac.readUInt32BE(mac.readUInt8(19) & 15) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}

test('a forgotten password, a second factor, and a weighty step that asks for it again', async () => {
  const page = await newPage()
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByRole('link', { name: 'Forgot the password?' }).click()
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Look into your mailbox').waitFor()
  await expect.poll(resetLink, { timeout: 20_000 }).toBeTruthy()
  const link = (await resetLink()) ?? ''

  await page.goto(link)
  await page.getByLabel('New password').fill('P@ssw0rd2024')
  await page.getByText('Too easy to guess').waitFor()
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByText('among the first that are guessed').waitFor()
  await page.getByLabel('New password').fill(chosen)
  await page.getByText('Very good.').waitFor()
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByText('Your password is changed').waitFor()
  const late = await newPage()
  await late.goto(link)
  await late.getByText('This link was used before').waitFor()

  await signIn(late, demoPassword)
  await late.getByText('E-mail or password is not right.').waitFor()
  await Promise.all([signIn(page, chosen), signIn(late, chosen)])
  await Promise.all([page, late].map((one) => one.waitForURL(`${studio.studioUrl}/`)))

  await page.goto(`${studio.studioUrl}/settings/security`)
  await page.getByRole('button', { name: 'Set it up' }).click()
  const secret = (await page.locator('code').textContent()) ?? ''
  await page.getByLabel('Code the app shows now').fill(codeOf(secret, -1))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).waitFor()
  expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10)

  const fresh = await newPage()
  await signIn(fresh, chosen)
  await fresh.getByLabel('Code of your app').fill('000000')
  await fresh.keyboard.press('Enter')
  await fresh.getByText('This code is not right').waitFor()
  await fresh.getByLabel('Code of your app').fill(codeOf(secret, 0))
  await fresh.keyboard.press('Enter')
  await fresh.waitForURL(`${studio.studioUrl}/`)

  // The other session is from before the second factor and has never shown it.
  await late.goto(`${studio.studioUrl}/settings/security`)
  await late.getByRole('button', { name: 'Turn it off' }).click()
  await late.getByRole('alertdialog').getByRole('button', { name: 'Turn it off' }).click()
  const asked = late.getByRole('dialog', { name: 'Is it you?' })
  await asked.getByLabel('Code of your app').fill(codeOf(secret, 1))
  await asked.getByRole('button', { name: 'Go on' }).click()
  await late.getByText('Your second factor is off.').waitFor()
  await late.getByRole('button', { name: 'Set it up' }).waitFor()
}, 120_000)
