import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { startDns, type TestDns } from '../../../test/parts/dns.ts'
import { type BentSaml, makeSamlProvider, type TestSamlProvider } from '../../../test/saml-provider.ts'
import { type Visitor, visitor } from '../../../test/visitor.ts'

let api: Api
let dns: TestDns
let server: TestSamlProvider
let studio: TestStudio
let admin: Person
let count = 0

beforeAll(async () => {
  dns = await startDns()
  server = await makeSamlProvider('https://idp.studio.test')
  api = await startApi({ DNS_SERVERS: dns.address, TRUST_PROXY: '1' })
})
afterAll(async () => {
  await api.close()
  await dns.close()
})
beforeEach(async () => {
  studio = await api.studio()
  admin = await studio.person('admin')
})

interface Provider {
  id: string
  domain: string
}

async function ready(settings: object = {}): Promise<Provider> {
  const domain = `s${(count += 1)}.studio.test`
  const added = await api
    .as(admin)
    .post('/identity-providers')
    .send({
      kind: 'saml',
      name: `Login ${count}`,
      issuer: server.issuer,
      ssoUrl: server.ssoUrl,
      certificates: [server.certificate],
      domains: [domain],
      enabled: true,
      jit: true,
      ...settings,
    })
  expect(added.status, added.text).toBe(201)
  const [{ record }] = added.body.domains
  dns.records.set(record.name, [record.value])
  await api.as(admin).post(`/identity-providers/${added.body.id}/verify-domain`).send({ domain })
  return { id: added.body.id, domain }
}

const browser = () => visitor(api, `10.7.${Math.floor(++count / 250)}.${count % 250}`)
const personOf = (provider: Provider, name = 'ann') => ({
  nameId: `${name}-id`,
  email: `${name}@${provider.domain}`,
  name: 'Ann Archer',
})

async function begin(provider: Provider, who: Visitor, query = ''): Promise<string> {
  const start = await who.get(`/api/v1/auth/saml/${provider.id}/start${query}`)
  expect(start.status, start.text).toBe(303)
  return start.headers['location'] as string
}

/** The form that the provider's page posts, and the redirect that follows it. */
async function bring(who: Visitor, { acs, form }: { acs: string; form: Record<string, string> }): Promise<string> {
  const posted = await who.postFrom(acs, form)
  expect(posted.status, posted.text).toBe(303)
  const finished = await who.get(posted.headers['location'] as string)
  expect(finished.status, finished.text).toBe(303)
  return finished.headers['location'] as string
}

async function signIn(provider: Provider, who = browser(), bent: BentSaml = {}, query = ''): Promise<string> {
  return bring(who, server.answer(await begin(provider, who, query), personOf(provider), bent))
}

describe('a sign-in by SAML', () => {
  test('makes a member of somebody new, and knows them by their NameID', async () => {
    const provider = await ready({ defaultRole: 'manager' })
    const who = browser()
    expect(await signIn(provider, who, {}, '?next=/team')).toBe('/team')
    const me = await who.me()
    expect(me).toMatchObject({ role: 'manager', viaProvider: true, user: { displayName: 'Ann Archer' } })
    const again = browser()
    expect(await signIn(provider, again)).toBe('/')
    expect((await again.me()).user.id).toBe(me.user.id)
  })

  test('refuses every response that is not the right one, and takes the right one', async () => {
    const provider = await ready()
    const bends: Record<string, BentSaml> = {
      'unsigned assertion': { unsigned: true },
      'foreign key': { foreignKey: true },
      'SHA-1': { sha1: true },
      audience: { audience: 'https://other.test' },
      issuer: { issuer: 'https://other.test' },
      recipient: { recipient: 'https://other.test/acs' },
      'another request': { inResponseTo: '_0190aaaa-0000-7000-8000-000000000000' },
      expired: { notOnOrAfterMs: -120_000 },
      'not yet valid': { notBeforeMs: 120_000 },
      'transient NameID': { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      'changed after signing': { rewrite: (xml) => xml.replace('ann-id', 'boss-id') },
      'document type': { rewrite: (xml) => `<!DOCTYPE r [<!ENTITY x "y">]>${xml}` },
    }
    for (const [name, bent] of Object.entries(bends)) {
      const who = browser()
      expect(await signIn(provider, who, bent), name).toBe('/sign-in?sso=failed')
      expect((await who.me()).code, name).toBe('auth.required')
    }
    expect(await signIn(provider)).toBe('/')
    // Clocks differ: a minute to either side is taken.
    expect(await signIn(provider, browser(), { notBeforeMs: 30_000 })).toBe('/')
  })

  test('is not fooled by a signature wrapped around somebody else', async () => {
    const provider = await ready()
    const assertionOf = (xml: string) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? ''
    const forged = (assertion: string, id: string) =>
      assertion
        .replace(/<(ds:)?Signature.*<\/(ds:)?Signature>/s, '')
        .replaceAll('ann-id', 'boss-id')
        .replace(/ ID="[^"]+"/, ` ID="${id}"`)
    const sameId = (assertion: string) => / ID="([^"]+)"/.exec(assertion)?.[1] ?? ''
    const wrappings: Record<string, (xml: string) => string> = {
      'forged beside, before the signed one': (xml) =>
        xml.replace(assertionOf(xml), forged(assertionOf(xml), '_evil') + assertionOf(xml)),
      'forged beside, after it': (xml) =>
        xml.replace(assertionOf(xml), assertionOf(xml) + forged(assertionOf(xml), '_evil')),
      'the same id twice': (xml) =>
        xml.replace(assertionOf(xml), forged(assertionOf(xml), sameId(assertionOf(xml))) + assertionOf(xml)),
      'the signed one hidden in extensions': (xml) => {
        const signed = assertionOf(xml)
        return xml
          .replace(signed, forged(signed, '_evil'))
          .replace('<samlp:Status>', () => `<samlp:Extensions>${signed}</samlp:Extensions><samlp:Status>`)
      },
      'the signed one inside the forged one': (xml) => {
        const signed = assertionOf(xml)
        return xml.replace(signed, () =>
          forged(signed, '_evil').replace('<saml:Subject>', () => `<saml:Advice>${signed}</saml:Advice><saml:Subject>`),
        )
      },
      'the signed one in the signature’s object': (xml) => {
        const signed = assertionOf(xml)
        const signature = /<(ds:)?Signature .*<\/(ds:)?Signature>/s.exec(signed)?.[0] ?? ''
        const bare = signed.replace(signature, '')
        const moved = signature.replace(/<\/(ds:)?Signature>$/, (end) => `<Object>${bare}</Object>${end}`)
        return xml.replace(signed, () =>
          forged(signed, '_evil').replace('<saml:Subject>', () => `${moved}<saml:Subject>`),
        )
      },
    }
    for (const [name, rewrite] of Object.entries(wrappings)) {
      const who = browser()
      expect(await signIn(provider, who, { rewrite }), name).toBe('/sign-in?sso=failed')
      expect((await who.me()).code, name).toBe('auth.required')
    }
    // A comment may not cut a name in two: the whole of it is somebody else.
    const commented = browser()
    const cut = { rewrite: (xml: string) => xml.replace('ann-id', 'ann<!-- -->-id') }
    expect(await signIn(provider, commented, cut)).toBe('/')
    const { rows } = await api.owner.query('select subject from external_identities where provider_id = $1', [
      provider.id,
    ])
    expect(rows).toEqual([{ subject: 'ann-id' }])
  })

  test('takes a response once, in the browser that asked, at the provider that was asked', async () => {
    const [provider, second] = [await ready(), await ready()]
    const [who, attacker] = [browser(), browser()]
    const answer = server.answer(await begin(provider, attacker), personOf(provider))
    expect(await bring(who, answer), 'a response that somebody else had asked for').toBe('/sign-in?sso=expired')

    const own = server.answer(await begin(provider, who), personOf(provider))
    const kept = new Map(who.jar)
    const relay = { ...own, form: { ...own.form, RelayState: 'made-up' } }
    expect(await bring(browser(), relay)).toBe('/sign-in?sso=expired')
    const crossed = { ...own, acs: own.acs.replace(provider.id, second.id) }
    expect(await bring(browser(), crossed)).toMatch(/sso=(expired|failed)/)
    expect(await bring(who, own)).toBe('/')
    for (const [name, value] of kept) who.jar.set(name, value)
    expect(await bring(who, own), 'the same response again').toBe('/sign-in?sso=expired')
    const unasked = { ...own, form: { SAMLResponse: own.form.SAMLResponse } }
    expect((await browser().postFrom(unasked.acs, unasked.form)).status, 'unsolicited').toBe(422)
  })

  test('is taken whoever is signed in already, from a page that cookies come along from too', async () => {
    const provider = await ready()
    const who = browser()
    await signIn(provider, who)
    const { acs, form } = server.answer(await begin(provider, who), personOf(provider, 'ben'))
    const posted = await who.postFrom(acs, form, true)
    expect([posted.status, posted.headers['set-cookie']]).toEqual([303, undefined])
    expect((await who.get(posted.headers['location'] as string)).headers['location']).toBe('/')
    expect((await who.me()).user.email).toBe(personOf(provider, 'ben').email)
  })
})

describe('a SAML provider’s settings', () => {
  test('have our metadata, and want a certificate worth trusting', async () => {
    const provider = await ready()
    const { callbackUrl, metadataUrl, certificates } = (await api.as(admin).get(`/identity-providers/${provider.id}`))
      .body
    expect(certificates[0]).toMatchObject({ subject: 'CN=Test provider' })
    const metadata = await browser().get(metadataUrl)
    expect(metadata.headers['content-type']).toContain('application/samlmetadata+xml')
    const text = metadata.text ?? metadata.body.toString()
    expect(text).toContain(`entityID="${metadataUrl}"`)
    expect(text).toContain(`Location="${callbackUrl}"`)
    expect(text).toContain('WantAssertionsSigned="true"')
    const weak = await api
      .as(admin)
      .patch(`/identity-providers/${provider.id}`)
      .send({ certificates: ['x'.repeat(200)] })
    expect([weak.status, weak.body.code]).toEqual([422, 'identity_provider.certificate'])
  })

  test('are tried out, and a failure says what it was', async () => {
    const provider = await ready({ enabled: false })
    const { url } = (await api.as(admin).post(`/identity-providers/${provider.id}/test`)).body
    const query = url.slice(url.indexOf('?'))
    const state = async () => (await api.as(admin).get(`/identity-providers/${provider.id}`)).body
    const page = `/settings/sign-in?tested=${provider.id}`
    expect(await signIn(provider, browser(), { sha1: true }, query)).toBe(page)
    expect((await state()).lastTest).toMatchObject({ problem: 'failed', detail: expect.stringContaining('sha1') })
    expect(await signIn(provider, browser(), {}, query)).toBe(page)
    expect(await state()).toMatchObject({ testedAt: expect.any(String), lastTest: { problem: null } })
  })
})
