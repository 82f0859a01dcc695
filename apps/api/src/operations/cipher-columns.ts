import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { personKeys } from '../db/tables/audit.ts'
import { notificationSettings, pushSubscriptions } from '../db/tables/notifications.ts'
import { contacts, invitations } from '../db/tables/organizations.ts'
import { projects } from '../db/tables/projects.ts'
import { identityProviders } from '../db/tables/sign-in.ts'

/** A column of a studio's table with ciphers in it. `id` names a row within the studio. */
export interface TenantCipher {
  /** `table.column` */
  name: string
  table: PgTable
  id: PgColumn
  cipher: PgColumn
  /** What the cipher is bound to, as its writer states it; `id` is the row's. */
  context: (id: string) => string
}

/** A column that belongs to no studio; reached through `sys.take_stale_ciphers` and its sisters, which know its name. */
export interface GlobalCipher {
  name: string
  context: (id: string) => string
}

/** Every column that holds ciphers. A test finds those that are missing here, another proves each context. */
export const tenantCiphers: readonly TenantCipher[] = [
  {
    name: 'contacts.email_cipher',
    table: contacts,
    id: contacts.id,
    cipher: contacts.emailCipher,
    context: () => 'contacts.email',
  },
  {
    name: 'contacts.phone_cipher',
    table: contacts,
    id: contacts.id,
    cipher: contacts.phoneCipher,
    context: () => 'contacts.phone',
  },
  {
    name: 'invitations.email_cipher',
    table: invitations,
    id: invitations.id,
    cipher: invitations.emailCipher,
    context: () => 'users.email',
  },
  {
    name: 'projects.customer_email_cipher',
    table: projects,
    id: projects.id,
    cipher: projects.customerEmailCipher,
    context: () => 'projects.customer_email',
  },
  {
    name: 'projects.customer_phone_cipher',
    table: projects,
    id: projects.id,
    cipher: projects.customerPhoneCipher,
    context: () => 'projects.customer_phone',
  },
  {
    name: 'person_keys.key_cipher',
    table: personKeys,
    id: personKeys.subjectId,
    cipher: personKeys.keyCipher,
    context: (subjectId) => `person-key:${subjectId}`,
  },
  {
    name: 'notification_settings.phone_cipher',
    table: notificationSettings,
    id: notificationSettings.userId,
    cipher: notificationSettings.phoneCipher,
    context: () => 'notification_settings.phone',
  },
  {
    name: 'push_subscriptions.subscription_cipher',
    table: pushSubscriptions,
    id: pushSubscriptions.id,
    cipher: pushSubscriptions.subscriptionCipher,
    context: () => 'push.subscription',
  },
  {
    name: 'identity_providers.client_secret_cipher',
    table: identityProviders,
    id: identityProviders.id,
    cipher: identityProviders.clientSecretCipher,
    context: (id) => `identity_providers.client_secret:${id}`,
  },
  {
    name: 'identity_providers.last_test_cipher',
    table: identityProviders,
    id: identityProviders.id,
    cipher: identityProviders.lastTestCipher,
    context: (id) => `identity_providers.last_test:${id}`,
  },
]

export const globalCiphers: readonly GlobalCipher[] = [
  { name: 'users.email_cipher', context: () => 'users.email' },
  { name: 'users.pending_email_cipher', context: () => 'users.email' },
  { name: 'second_factors.secret_cipher', context: (userId) => `second_factors.secret:${userId}` },
  { name: 'person_mails.to_cipher', context: () => 'users.email' },
]
