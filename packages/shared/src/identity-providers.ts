import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { email, id, name, slug, text, time, version } from './text.ts'

export const providerKinds = ['oidc', 'saml'] as const
export type ProviderKind = (typeof providerKinds)[number]
/** What somebody can become by signing in for the first time. Admins are made by admins. */
export const provisionedRoles = ['manager', 'artist', 'moderator'] as const
export type ProvisionedRole = (typeof provisionedRoles)[number]

/** What is called is noted when it fails, and nobody is to read a password there. */
export function carriesNoPassword(address: string): boolean {
  return !/^https?:[\\/]*[^\\/?#]*@/i.test(address)
}

export const maxProviders = 5
export const maxProviderDomains = 10

/** Why a sign-in through a provider did not work: in the address of the page that says so. */
export const ssoProblems = [
  'expired',
  'failed',
  'refused',
  'unavailable',
  'disabled',
  'unverified_domain',
  'unverified_email',
  'not_a_member',
  'deactivated',
  'linked_elsewhere',
] as const
export type SsoProblem = (typeof ssoProblems)[number]

const address = text(500)
  .pipe(z.url({ protocol: /^https?$/, error: 'Must be an https address.' }))
  .refine(carriesNoPassword, { error: 'An address may not carry a password.' })
const certificate = text(10_000, 100).meta({
  description: 'X.509 in PEM, or its base64 as it stands in metadata.',
  examples: [`MIIB${'x'.repeat(100)}`],
})
const shared = {
  name: name(60),
  domains: z.array(text(253, 4)).max(maxProviderDomains).meta({ description: 'Domains of e-mail, proven by DNS.' }),
  defaultRole: z.enum(provisionedRoles),
  jit: z.boolean().meta({ description: 'Whether people of the proven domains become members by signing in.' }),
  trustsSecondFactor: z.boolean().meta({ description: 'Whether a sign-in there counts as a second factor here.' }),
  enabled: z.boolean(),
}
const oidc = {
  issuer: address.meta({ examples: ['https://login.studio.example'] }),
  clientId: text(300, 1),
  clientSecret: text(1000, 1),
}
const saml = {
  issuer: text(1000, 1).meta({ description: 'The entity id of the identity provider.' }),
  ssoUrl: address.meta({ description: 'Its address for HTTP-Redirect.' }),
  certificates: z.array(certificate).min(1).max(5),
}
const optional = {
  ...shared,
  domains: shared.domains.default([]),
  defaultRole: shared.defaultRole.default('artist'),
  jit: shared.jit.default(false),
  trustsSecondFactor: shared.trustsSecondFactor.default(false),
  enabled: shared.enabled.default(false),
}

export const createProviderInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('oidc'), ...optional, ...oidc, clientSecret: oidc.clientSecret.optional() }),
    z.object({ kind: z.literal('saml'), ...optional, ...saml }),
  ])
  .meta({ id: 'CreateIdentityProviderInput' })
export type CreateProviderInput = z.infer<typeof createProviderInput>

export const updateProviderInput = z
  .object({
    ...shared,
    enforced: z.boolean().meta({ description: 'Whether people of the proven domains may sign in this way only.' }),
    issuer: text(1000, 1),
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret.nullable(),
    ssoUrl: saml.ssoUrl,
    certificates: saml.certificates,
  })
  .partial()
  .meta({ id: 'UpdateIdentityProviderInput' })
export type UpdateProviderInput = z.infer<typeof updateProviderInput>

export const providerDomainView = z.object({
  domain: z.string(),
  record: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }),
  verifiedAt: time.nullable(),
  checkedAt: time.nullable(),
})
export type ProviderDomainView = z.infer<typeof providerDomainView>

export const providerTest = z.object({
  at: time,
  problem: z.enum(ssoProblems).nullable(),
  detail: z.string().nullable().meta({ description: 'What went wrong, for whoever runs the provider.' }),
  claims: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type ProviderTest = z.infer<typeof providerTest>

export const providerView = z
  .object({
    id,
    kind: z.enum(providerKinds),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string().nullable(),
    hasClientSecret: z.boolean(),
    ssoUrl: z.string().nullable(),
    certificates: z.array(
      z.object({ pem: z.string(), subject: z.string(), fingerprint: z.string(), validTo: z.string() }),
    ),
    domains: z.array(providerDomainView),
    defaultRole: z.enum(provisionedRoles),
    jit: z.boolean(),
    enforced: z.boolean(),
    trustsSecondFactor: z.boolean(),
    enabled: z.boolean(),
    testedAt: time.nullable(),
    lastTest: providerTest.nullable(),
    callbackUrl: z.string().meta({ description: 'Where the provider sends people back to.' }),
    metadataUrl: z.string().nullable().meta({ description: 'SAML: our metadata; its address is our entity id.' }),
    createdAt: time,
    version,
  })
  .meta({ id: 'IdentityProvider' })
export type ProviderView = z.infer<typeof providerView>
export const providerList = wholeListOf(providerView)

export const verifyProviderDomainInput = z.object({ domain: text(253, 4) }).meta({ id: 'VerifyProviderDomainInput' })
export const providerTestStart = z
  .object({ url: z.string().meta({ description: 'To be opened in the browser of the admin who asked.' }) })
  .meta({ id: 'IdentityProviderTestStart' })

export const discoverInput = z
  .object({ email: email.optional(), studio: slug.optional() })
  .refine((value) => (value.email === undefined) !== (value.studio === undefined), {
    error: 'Send either an e-mail address or a studio.',
  })
  .meta({ id: 'DiscoverSsoInput' })
export const discoveredView = z
  .object({
    providers: z.array(
      z.object({
        id,
        name: z.string(),
        kind: z.enum(providerKinds),
        studio: z.object({ slug: z.string(), name: z.string() }),
        startUrl: z.string(),
      }),
    ),
  })
  .meta({ id: 'DiscoveredSso' })
export type DiscoveredView = z.infer<typeof discoveredView>

/** A member's link to a provider. Who they are there stays between the two. */
export const linkedIdentityView = z
  .object({ providerId: id, provider: z.string(), linkedAt: time, lastUsedAt: time.nullable() })
  .meta({ id: 'LinkedIdentity' })
export const linkedIdentityList = wholeListOf(linkedIdentityView)
export const linkedIdentityParams = z.object({ id, providerId: id })

/** One's own link to a provider of the studio one works in; `providerId` names it. */
export const ownIdentityView = linkedIdentityView
  .extend({
    onlyWayIn: z.boolean().meta({
      description: 'The studio lets people of this address in by this provider alone, so the link stays.',
    }),
  })
  .meta({ id: 'OwnIdentity' })
export type OwnIdentityView = z.infer<typeof ownIdentityView>
export const ownIdentityList = wholeListOf(ownIdentityView)
