import type {
  CreateProviderInput,
  ProviderTest,
  ProviderView,
  UpdateProviderInput,
} from '@sparkle/shared/identity-providers'
import { carriesNoPassword, maxProviders } from '@sparkle/shared/identity-providers'
import { rolePermissions } from '@sparkle/shared/permissions'
import type { EventType } from '@sparkle/shared/events'
import type { SystemActor, UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { endProviderSessions } from '../../db/system-sign-in.ts'
import { assertMayGive } from '../permissions/roles.service.ts'
import { assertEnforceable, closeOtherDoors } from './enforce.service.ts'
import { setDomains } from './provider-domains.service.ts'
import {
  deleteIdentities,
  deleteProvider,
  findProvider,
  insertProvider,
  listProviderDomains,
  listProviders,
  lockProvider,
  lockProviders,
  type ProviderChanges,
  type ProviderDomainRow,
  type ProviderRow,
  updateProvider,
} from './providers.queries.ts'
import { foreignFields, identifying, ownUrls, readCertificate, recordOf } from './providers.rules.ts'

const secretContext = (id: string) => `identity_providers.client_secret:${id}`
const testContext = (id: string) => `identity_providers.last_test:${id}`

/** What this needs beside its rows. */
export interface Setting {
  crypto: Crypto
  publicOrigin: string
  /** The installation's own hosts, which are no studio's domain. */
  ownHosts: readonly string[]
}

export function clientSecretOf(crypto: Crypto, { id, clientSecretCipher }: ProviderRow): string | null {
  return clientSecretCipher && crypto.decrypt(clientSecretCipher, secretContext(id))
}

export function sealTest(crypto: Crypto, id: string, test: ProviderTest): string {
  return crypto.encrypt(JSON.stringify(test), testContext(id))
}

function toView({ crypto, publicOrigin }: Setting, row: ProviderRow, domains: ProviderDomainRow[]): ProviderView {
  const { clientSecretCipher, lastTestCipher, certificates, organizationId: _studio, updatedAt: _at, ...rest } = row
  const { callbackUrl, metadataUrl } = ownUrls(publicOrigin, row.kind, row.id)
  return {
    ...rest,
    hasClientSecret: clientSecretCipher !== null,
    certificates: certificates.flatMap((pem) => readCertificate(pem) ?? []),
    domains: domains
      .filter(({ providerId }) => providerId === row.id)
      .map(({ domain, token, verifiedAt, checkedAt }) => ({
        domain,
        record: recordOf(domain, token),
        verifiedAt,
        checkedAt,
      })),
    lastTest: lastTestCipher ? (JSON.parse(crypto.decrypt(lastTestCipher, testContext(row.id))) as ProviderTest) : null,
    callbackUrl,
    metadataUrl,
  }
}

export async function listProviderViews(tx: TenantTx, setting: Setting): Promise<{ items: ProviderView[] }> {
  const domains = await listProviderDomains(tx)
  return { items: (await listProviders(tx)).map((row) => toView(setting, row, domains)) }
}

export async function getProvider(tx: TenantTx, setting: Setting, id: string): Promise<ProviderView> {
  const row = (await findProvider(tx, id)) ?? notFound('identity_provider')
  return toView(setting, row, await listProviderDomains(tx))
}

type ProviderEvent = Extract<EventType, `studio:sign-in:${string}`>

export async function recordProvider(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  action: ProviderEvent,
  { id, name }: Pick<ProviderRow, 'id' | 'name'>,
  changes: Record<string, unknown>,
  data: Record<string, string> = {},
): Promise<void> {
  await recordAudit(tx, actor, action, { entity: 'identity_provider', id, changes })
  await emit(tx, actor, action, { data: { providerId: id, provider: name, ...data } })
}

function readCertificates(typed: readonly string[]): string[] {
  return typed.map(
    (one, i) =>
      readCertificate(one)?.pem ??
      invalid(
        'identity_provider.certificate',
        'This is not an X.509 certificate with an RSA key of 2048 bits or more, or one of an elliptic curve.',
        `body.certificates.${i}`,
      ),
  )
}

export async function addProvider(
  tx: TenantTx,
  setting: Setting,
  actor: UserActor,
  input: CreateProviderInput,
): Promise<ProviderView> {
  assertSpeaksForAll(actor)
  await lockProviders(tx)
  if ((await listProviders(tx)).length >= maxProviders)
    conflict('identity_provider.too_many', `A studio has at most ${maxProviders} of them. Remove one first.`)
  const id = newId()
  const { kind, name, issuer, defaultRole, jit, trustsSecondFactor, enabled } = input
  const own =
    input.kind === 'oidc'
      ? {
          clientId: input.clientId,
          clientSecretCipher: input.clientSecret ? setting.crypto.encrypt(input.clientSecret, secretContext(id)) : null,
        }
      : { ssoUrl: input.ssoUrl, certificates: readCertificates(input.certificates) }
  await named(() =>
    insertProvider(tx, { id, kind, name, issuer, defaultRole, jit, trustsSecondFactor, enabled, ...own }),
  )
  await recordProvider(tx, actor, 'studio:sign-in:added', { id, name }, { name: [null, name], issuer: [null, issuer] })
  await setDomains(tx, setting.ownHosts, id, input.domains)
  return getProvider(tx, setting, id)
}

async function named(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (violates(error, 'identity_providers_name_key'))
      conflict('identity_provider.name_taken', 'Another sign-in of the studio has this name.')
    throw error
  }
}

export async function changeProvider(
  tx: TenantTx,
  setting: Setting,
  actor: UserActor,
  id: string,
  input: UpdateProviderInput,
  expected: number | null,
): Promise<ProviderView> {
  const before = (await lockProvider(tx, id)) ?? notFound('identity_provider')
  assertSpeaksForAll(actor)
  assertVersion(before.version, expected)
  assertFits(before, input)
  const { domains, clientSecret, certificates, ...plain } = input
  const changes: ProviderChanges = {
    ...plain,
    ...(certificates && { certificates: readCertificates(certificates) }),
    ...(clientSecret !== undefined && {
      clientSecretCipher: clientSecret === null ? null : setting.crypto.encrypt(clientSecret, secretContext(id)),
    }),
    ...(identifying.some((field) => field in input) && { testedAt: null }),
  }
  const after = { ...before, ...plain, testedAt: 'testedAt' in changes ? null : before.testedAt }
  if (domains) await setDomains(tx, setting.ownHosts, id, domains)
  if (after.enforced && (input.enforced || input.enabled === false)) await assertEnforceable(tx, actor, after)
  await named(() => updateProvider(tx, id, changes))
  const noted = {
    ...changesBetween<Record<string, unknown>>(before, plain),
    ...(clientSecret !== undefined && { clientSecret: 'changed' }),
    ...(await forgetSubjects(tx, before, after.issuer)),
  }
  await recordProvider(tx, actor, 'studio:sign-in:changed', { id, name: after.name }, noted)
  if (before.enabled && !after.enabled) await endProviderSessions(tx, id)
  if (after.enforced && after.enabled) await closeOtherDoors(tx, setting.crypto, id, actor.sessionId)
  return getProvider(tx, setting, id)
}

/** A provider says who somebody is, admins among them: whoever decides what it says could be each of them. */
function assertSpeaksForAll(actor: UserActor): void {
  assertMayGive(actor, { role: 'admin', permissions: rolePermissions.admin })
}

/** A subject means somebody only at its issuer: another one may have given the same to somebody else. */
async function forgetSubjects(tx: TenantTx, { id, issuer }: ProviderRow, now: string): Promise<Record<string, number>> {
  if (issuer === now) return {}
  return { unlinked: await deleteIdentities(tx, id), endedSessions: await endProviderSessions(tx, id) }
}

/** A field of the other kind, or an issuer that is no address where it has to be one. */
function assertFits(before: ProviderRow, input: UpdateProviderInput): void {
  const [foreign] = foreignFields[before.kind].filter((field) => field in input)
  if (foreign) invalid('identity_provider.other_kind', `A provider of this kind has no ${foreign}.`, `body.${foreign}`)
  const issuer = before.kind === 'oidc' ? input.issuer : undefined
  if (issuer !== undefined && !(/^https?:$/.test(URL.parse(issuer)?.protocol ?? '') && carriesNoPassword(issuer)))
    invalid('identity_provider.issuer', 'The issuer has to be an https address.', 'body.issuer')
}

/** Removes it with its links to people; the sessions it opened end, and the people stay. */
export async function removeProvider(tx: TenantTx, actor: UserActor, id: string, expected: number | null) {
  const before = (await lockProvider(tx, id)) ?? notFound('identity_provider')
  assertVersion(before.version, expected)
  const endedSessions = await endProviderSessions(tx, id)
  await deleteProvider(tx, id)
  await recordProvider(tx, actor, 'studio:sign-in:removed', before, { name: [before.name, null], endedSessions })
}
