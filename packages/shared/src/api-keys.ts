import { z } from 'zod'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { permissionNames, studioRoles } from './permissions.ts'
import { id, moment, name, text, time, version } from './text.ts'

/**
 * `sk_`, 12 characters by which a key is known, `_`, 30 random ones (178 bits) and 6 of a checksum, all of them letters
 * and digits. docs/api-keys.md tells scanners of secrets how to check one.
 */
export const apiKeyPattern = /^sk_[0-9A-Za-z]{12}_[0-9A-Za-z]{36}$/

export const defaultKeyDays = 90
export const mostKeyDays = 366
/** Live keys one member may have. */
export const mostKeys = 50
/** Days before the end of a key at which its person is told. */
export const keyWarningDays = 7

/** Every permission and its wildcards: `projects:read`, `projects:*` and `*`. A platform's permission is no studio's. */
export const apiKeyScopes: readonly string[] = (() => {
  const names = permissionNames.filter((permission) => !/^(platform|api-keys):/.test(permission))
  const resources = new Set(names.map((permission) => `${permission.split(':')[0]}:*`))
  return ['*', ...resources, ...names]
})()

const scope = text(60).refine((value) => apiKeyScopes.includes(value), {
  error: 'Must be a permission such as projects:read, or a wildcard such as projects:* or *.',
})

export const apiKeyView = z
  .object({
    id,
    name: z.string(),
    prefix: z.string().meta({ description: 'The beginning of the key, by which it is known.' }),
    scopes: z.array(z.string()),
    status: z.enum(['active', 'expired', 'revoked']),
    userId: id.meta({ description: 'Whose key it is: a person, or a service account.' }),
    userName: z.string(),
    userKind: z.enum(['person', 'service']),
    createdBy: id,
    createdAt: time,
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: 'Written at most once a minute.' }),
    lastUsedAddress: z.string().nullable(),
    revokedAt: time.nullable(),
    version,
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.infer<typeof apiKeyView>
export const apiKeyList = listOf(apiKeyView)

export const listApiKeysQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  owner: z.enum(['me', 'everybody']).default('me').meta({ description: '`everybody` takes `api-keys:manage`.' }),
  userId: id.optional().meta({ description: "One member's or service account's; others' take `api-keys:manage`." }),
  status: z.enum(['active', 'ended']).optional(),
})
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>

export const createApiKeyInput = z
  .object({
    name: name(80),
    scopes: z.array(scope).min(1).max(100),
    expiresAt: moment
      .nullish()
      .meta({ description: '90 days from now where it is left out, a year at most; `null` (never) takes an admin.' }),
    userId: id.optional().meta({ description: 'A service account; takes `api-keys:manage`.' }),
  })
  .meta({ id: 'CreateApiKeyInput' })
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>

export const createdApiKey = apiKeyView
  .extend({ token: z.string().meta({ description: 'The key itself. It is shown this once and kept nowhere.' }) })
  .meta({ id: 'CreatedApiKey' })
export type CreatedApiKey = z.infer<typeof createdApiKey>

export const serviceAccountView = z
  .object({
    id,
    name: z.string(),
    role: z.enum(studioRoles),
    status: z.enum(['active', 'deactivated']),
    activeKeys: z.int(),
    lastUsedAt: time.nullable(),
    createdAt: time,
    version,
  })
  .meta({ id: 'ServiceAccount' })
export type ServiceAccountView = z.infer<typeof serviceAccountView>
export const serviceAccountList = listOf(serviceAccountView)
export const listServiceAccountsQuery = pageQuery.extend(sortedBy('createdAt', '-createdAt'))
export type ListServiceAccountsQuery = z.infer<typeof listServiceAccountsQuery>

export const createServiceAccountInput = z
  .object({ name: name(80), role: z.enum(studioRoles) })
  .meta({ id: 'CreateServiceAccountInput' })
export type CreateServiceAccountInput = z.infer<typeof createServiceAccountInput>
