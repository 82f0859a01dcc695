import { type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { z } from 'zod'
import type { Flow } from './flow.service.ts'
import { flowMinutes } from './flow.service.ts'
import { documentFault } from './saml-document.rules.ts'
import { type Asserted, claimsOf, SsoFault } from './sso-fault.service.ts'

export interface SamlProvider {
  issuer: string
  ssoUrl: string
  certificates: readonly string[]
}

/** Our side of it: the address responses are posted to, and the one of our metadata, which is our name too. */
export interface SamlUrls {
  callbackUrl: string
  metadataUrl: string
}

/** How far the provider's clock may be from ours. */
const clockSkewMs = 60_000

/** The id of the request of a try: XML ids may not begin with a digit. */
const requestIdOf = (flowId: string) => `_${flowId}`

/** `flowId` is the request that an answer is expected to, if one is. */
function samlOf(provider: SamlProvider, urls: SamlUrls, flowId: string): SAML {
  const requestId = requestIdOf(flowId)
  // Which requests are open is known from the signed RelayState; that each is answered once is the caller's to see to.
  const openRequests = {
    saveAsync: async () => null,
    getAsync: async (id: string) => (id === requestId ? new Date().toISOString() : null),
    removeAsync: async () => null,
  }
  return new SAML({
    callbackUrl: urls.callbackUrl,
    entryPoint: provider.ssoUrl,
    issuer: urls.metadataUrl,
    audience: urls.metadataUrl,
    idpIssuer: provider.issuer,
    idpCert: [...provider.certificates],
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: clockSkewMs,
    maxAssertionAgeMs: flowMinutes * 60_000,
    validateInResponseTo: ValidateInResponseTo.always,
    requestIdExpirationPeriodMs: flowMinutes * 60_000,
    cacheProvider: openRequests,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => requestId,
  })
}

/** Where to send the browser (HTTP-Redirect). */
export function samlAuthorizeUrl(provider: SamlProvider, urls: SamlUrls, flow: Flow, relay: string): Promise<string> {
  return samlOf(provider, urls, flow.id).getAuthorizeUrlAsync(relay, undefined, {})
}

/** What an admin gives to the provider: who we are and where we take responses. */
export function samlMetadata(urls: SamlUrls, provider: SamlProvider): string {
  return samlOf(provider, urls, '').generateServiceProviderMetadata(null, null)
}

/**
 * Checks a response to the request of `flowId`, and answers whom it is about. Beside what the library checks of the
 * signature, times and audience: who says it, that it is a bearer's, for our address, and for this very request; all read
 * from what was signed. Throws {@link SsoFault}.
 */
export async function readSamlResponse(
  provider: SamlProvider,
  urls: SamlUrls,
  flowId: string,
  encoded: string,
): Promise<Asserted> {
  const fault = documentFault(Buffer.from(encoded, 'base64').toString('utf8'))
  if (fault) throw new SsoFault('failed', fault)
  const saml = samlOf(provider, urls, flowId)
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded }).catch((error: unknown) => {
    throw new SsoFault('failed', error instanceof Error ? error.message.slice(0, 300) : 'unknown', error)
  })
  if (!profile) throw new SsoFault('failed', 'There is nobody in the response.')
  assertForUs(profile, provider, urls, requestIdOf(flowId))
  return toAsserted(profile)
}

const attributes = <T extends z.ZodRawShape>(shape: T) => z.object({ $: z.object(shape) })
const confirmation = attributes({ Method: z.string() }).extend({
  SubjectConfirmationData: z
    .array(attributes({ Recipient: z.string(), InResponseTo: z.string(), NotOnOrAfter: z.string() }))
    .length(1),
})
/** What xml2js makes of the signed assertion. */
const signedAssertion = z.object({
  Assertion: z.object({
    Issuer: z.array(z.union([z.string(), z.object({ _: z.string() })])).length(1),
    Subject: z.array(z.object({ SubjectConfirmation: z.array(confirmation).min(1) })).length(1),
    Conditions: z.array(attributes({ NotOnOrAfter: z.string() })).length(1),
    AuthnStatement: z.array(z.unknown()).min(1),
  }),
})

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

function assertForUs(profile: Profile, provider: SamlProvider, urls: SamlUrls, requestId: string): void {
  const read = signedAssertion.safeParse(profile.getAssertion?.())
  if (!read.success) throw new SsoFault('failed', 'The assertion lacks what a sign-in by a browser needs.')
  const { Issuer, Subject } = read.data.Assertion
  const [issuer] = Issuer.map((one) => (typeof one === 'string' ? one : one._).trim())
  if (issuer !== provider.issuer) throw new SsoFault('failed', `It was issued by ${issuer?.slice(0, 200)}.`)
  const confirmed = Subject[0]?.SubjectConfirmation.some(
    ({ $: { Method }, SubjectConfirmationData: [data] }) =>
      Method === bearer && data?.$.Recipient === urls.callbackUrl && data.$.InResponseTo === requestId,
  )
  if (!confirmed) throw new SsoFault('failed', 'It is not for this address, or not the answer to this request.')
}

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const emailNames = [
  'email',
  'mail',
  'emailAddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]
const nameNames = [
  'displayName',
  'name',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
]

function toAsserted({ nameID, nameIDFormat, attributes: said }: Profile): Asserted {
  if (!nameID) throw new SsoFault('failed', 'The assertion names nobody (NameID).')
  if (nameIDFormat === transient)
    throw new SsoFault('failed', 'The NameID is transient: it names somebody else every time. Use a persistent one.')
  const values = (said ?? {}) as Record<string, unknown>
  const first = (names: readonly string[]) =>
    names.map((name) => [values[name]].flat()[0]).find((value): value is string => typeof value === 'string') ?? null
  return {
    subject: nameID,
    email: first(emailNames) ?? (nameIDFormat === emailFormat ? nameID : null),
    // SAML has no word for it: what the provider signs for its own, proven domains is its word.
    emailVerified: true,
    name: first(nameNames),
    claims: claimsOf({ NameID: nameID, NameIDFormat: nameIDFormat, ...values }),
  }
}
