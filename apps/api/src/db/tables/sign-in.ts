import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  providerKinds,
  provisionedRoles,
  type ProviderKind,
  type ProvisionedRole,
} from '@sparkle/shared/identity-providers'
import {
  cipherText,
  createdAt,
  id,
  moment,
  oneOf,
  organizationId,
  tenantPolicies,
  updatedAt,
  version,
} from '../columns.ts'
import { memberships, organizations } from './organizations.ts'

/** A studio's own servers for signing in. Each opens its own studio and no other. */
export const identityProviders = pgTable(
  'identity_providers',
  {
    organizationId: organizationId(),
    id: id(),
    kind: text('kind').$type<ProviderKind>().notNull(),
    name: text('name').notNull(),
    /** OpenID Connect: the issuer's URL. SAML: the entity id of the identity provider. */
    issuer: text('issuer').notNull(),
    clientId: text('client_id'),
    clientSecretCipher: cipherText('client_secret_cipher'),
    /** SAML: where people are sent to sign in (HTTP-Redirect). */
    ssoUrl: text('sso_url'),
    /** SAML: whose signatures count, PEM; several while a key is being changed. */
    certificates: jsonb('certificates').$type<string[]>().notNull().default([]),
    defaultRole: text('default_role').$type<ProvisionedRole>().notNull(),
    /** Whether somebody of a proven domain becomes a member by signing in. */
    jit: boolean('jit').notNull().default(false),
    /** Whether people of the proven domains may sign in to the studio in this way only. */
    enforced: boolean('enforced').notNull().default(false),
    /** Whether a sign-in there counts as a second factor here. */
    trustsSecondFactor: boolean('trusts_second_factor').notNull().default(false),
    enabled: boolean('enabled').notNull().default(false),
    /** What the last try out brought, encrypted: it says things about the admin who made it. */
    lastTestCipher: cipherText('last_test_cipher'),
    /** When a try out last went well with the settings as they are. */
    testedAt: moment('tested_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('identity_providers_name_key').on(t.organizationId, t.name),
    index('identity_providers_id_idx').on(t.id),
    oneOf('identity_providers_kind_check', t.kind, providerKinds),
    oneOf('identity_providers_default_role_check', t.defaultRole, provisionedRoles),
    ...tenantPolicies(),
  ],
)

/** Domains of e-mail that a provider may speak for, each once its TXT record was seen. */
export const identityProviderDomains = pgTable(
  'identity_provider_domains',
  {
    organizationId: organizationId(),
    providerId: uuid('provider_id').notNull(),
    domain: text('domain').notNull(),
    token: text('token').notNull(),
    verifiedAt: moment('verified_at'),
    checkedAt: moment('checked_at'),
    missingSince: moment('missing_since'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.providerId, t.domain] }),
    foreignKey({
      columns: [t.organizationId, t.providerId],
      foreignColumns: [identityProviders.organizationId, identityProviders.id],
    }).onDelete('cascade'),
    index('identity_provider_domains_domain_idx').on(t.domain),
    ...tenantPolicies(),
  ],
)

/** Who somebody is at a provider. The subject decides, never the address: addresses are given to other people. */
export const externalIdentities = pgTable(
  'external_identities',
  {
    organizationId: organizationId(),
    providerId: uuid('provider_id').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id').notNull(),
    createdAt: createdAt(),
    lastUsedAt: moment('last_used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.providerId, t.subject] }),
    foreignKey({
      columns: [t.organizationId, t.providerId],
      foreignColumns: [identityProviders.organizationId, identityProviders.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('external_identities_user_key').on(t.organizationId, t.providerId, t.userId),
    ...tenantPolicies(),
  ],
)
