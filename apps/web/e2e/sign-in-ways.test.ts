import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOidcProvider, type TestOidcProvider } from '../../api/test/oidc-provider.ts'
import { startDns, type TestDns } from '../../api/test/parts/dns.ts'
import { makeSamlProvider } from '../../api/test/saml-provider.ts'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { linkInMail } from './kit/mail.ts'
import { openStudio } from './kit/studio.ts'

let studio: DemoStudio
let browser: Browser
let dns: TestDns
let openId: TestOidcProvider

beforeAll(async () => {
  dns = await startDns()
  openId = await startOidcProvider('client-1', 'secret-1')
  const opened = openBrowser()
  studio = await openStudio({ DNS_SERVERS: dns.address })
  browser = await opened
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
  await openId?.close()
  await dns?.close()
})

const email = 'artist@sparkle.test'
const chosen = 'a walk beside the river'

async function newPage(): Promise<Page> {
  return (await browser.newContext()).newPage()
}

async function signIn(page: Page, password: string, as = email): Promise<void> {
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByLabel('E-mail').fill(as)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
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

/** The code of the step before is good until this one is over: waits for the next where that is soon. */
async function earlyInStep(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 15_000) await sleep(left)
}

test('a forgotten password, a second factor, and a weighty step that asks for it again', async () => {
  const page = await newPage()
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByRole('link', { name: 'Forgot the password?' }).click()
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Look into your mailbox').waitFor()
  const link = await linkInMail(studio, /https?:\/\/\S+\/reset-password#[\w.~-]+/)

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
  await earlyInStep()
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
}, 240_000)

test('a passkey signs in by itself, and stands for the second factor', async () => {
  const page = await newPage()
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signIn(page, demoPassword, 'manager@sparkle.test')
  await page.waitForURL(`${studio.studioUrl}/`)
  await page.goto(`${studio.studioUrl}/settings/security`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Old laptop')
  await page.getByRole('button', { name: 'Make it' }).click()
  const listed = page.getByRole('list', { name: 'Passkeys' })
  await listed.getByText('Old laptop').waitFor()
  await listed.getByRole('button', { name: 'More for Old laptop' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await listed.getByText('Laptop', { exact: true }).waitFor()

  await page.context().clearCookies()
  await page.goto(`${studio.studioUrl}/sign-in?next=/settings/security`)
  // The browser offers it in the field for the e-mail, and this one's user says yes to everything.
  await listed.getByText('Laptop', { exact: true }).waitFor()
  await listed.getByRole('button', { name: 'More for Laptop' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('“Laptop” is removed.').waitFor()
  await expect.poll(() => listed.count()).toBe(0)
}, 240_000)

test('a studio’s own sign-in, by OpenID Connect and by SAML, is set up, tried out and used', async () => {
  const saml = await makeSamlProvider('https://idp.studio.test')
  const admin = await newPage()
  // The provider's page: it posts its answer as soon as it is opened, as those do where somebody is signed in already.
  const answerBySaml = (page: Page) =>
    page.route('https://idp.studio.test/**', async (route) => {
      const person = { nameId: 'sam', email: 'sam@workshop.test', name: 'Sam Archer' }
      const { acs, form } = saml.answer(route.request().url(), person)
      const fields = Object.entries(form).map(
        ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
      )
      const body = `<form method="post" action="${acs}">${fields.join('')}</form><script>document.forms[0].submit()</script>`
      await route.fulfill({ contentType: 'text/html', body })
    })
  await answerBySaml(admin)
  await signIn(admin, demoPassword, 'admin@sparkle.test')
  await admin.waitForURL(`${studio.studioUrl}/`)
  await admin.goto(`${studio.studioUrl}/settings/sign-in`)

  async function setUp(name: string, fill: () => Promise<void>) {
    await admin.getByRole('button', { name: 'Add a provider' }).first().click()
    await fill()
    await admin.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
    await admin.getByRole('dialog').getByRole('button', { name: 'Add a provider' }).click()
    const card = admin
      .locator('section')
      .filter({ has: admin.getByRole('heading', { name }) })
      .last()
    await card.getByLabel('Domain of e-mail').fill(`${name.toLowerCase()}.test`)
    await card.getByRole('button', { name: 'Add', exact: true }).click()
    const value = await card.getByText(/^sparkle-sign-in=/).textContent()
    dns.records.set(`_sparkle-sign-in.${name.toLowerCase()}.test`, [value ?? ''])
    await card.getByRole('button', { name: 'Look for it now' }).click()
    await card.getByText('Proven', { exact: true }).waitFor()
    await card.getByRole('button', { name: 'Try it out' }).click()
    await card.getByText(/^Worked on/).waitFor()
    await card.getByRole('switch', { name: /Offer it/ }).click()
    await card.getByText('On', { exact: true }).waitFor()
    await card.getByRole('switch', { name: /Make new people members/ }).click()
    await expect.poll(() => card.getByRole('switch', { name: /Make new/ }).getAttribute('aria-checked')).toBe('true')
  }

  openId.state.person = { sub: 'olga', email: 'olga@office.test', email_verified: true, name: 'Olga Office' }
  await setUp('Office', async () => {
    await admin.getByLabel('Issuer').fill(openId.issuer)
    await admin.getByLabel('Client ID').fill(openId.clientId)
    await admin.getByLabel('Client secret').fill(openId.clientSecret)
  })
  await setUp('Workshop', async () => {
    await admin.getByRole('radio', { name: 'SAML 2.0' }).click()
    await admin.getByLabel('Entity ID of the provider').fill(saml.issuer)
    await admin.getByLabel('Sign-in address').fill(saml.ssoUrl)
    await admin.getByLabel('Signing certificate').fill(saml.certificate)
  })

  const olga = await newPage()
  await olga.goto(`${studio.studioUrl}/sign-in?next=/settings/security`)
  await olga.getByLabel('E-mail').fill('olga@office.test')
  await olga.getByRole('link', { name: 'Continue with Office' }).click()
  await olga.getByText('Your studio signed you in, for itself only.').waitFor()

  const sam = await newPage()
  await answerBySaml(sam)
  await sam.goto(`${studio.studioUrl}/sign-in?studio=sparkle`)
  await sam.getByRole('link', { name: /Continue with Workshop/ }).click()
  await sam.waitForURL(`${studio.studioUrl}/`)
  await sam.goto(`${studio.studioUrl}/settings/profile`)
  expect(await sam.getByLabel('Name', { exact: true }).inputValue()).toBe('Sam Archer')

  const late = await newPage()
  openId.state.bent = { claims: { nonce: 'of somebody else' } }
  await late.goto(`${studio.studioUrl}/sign-in`)
  await late.getByLabel('E-mail').fill('olga@office.test')
  await late.getByRole('link', { name: 'Continue with Office' }).click()
  await late.getByText('could not be accepted').waitFor()
}, 240_000)
