import type { NotificationKind } from '@sparkle/shared/events'
import {
  channels,
  type Choice,
  type Choices,
  kindsFor,
  notificationCatalogue,
  type PreferencesInput,
  type PreferencesView,
  wants,
} from '@sparkle/shared/notifications'
import type { Role } from '@sparkle/shared/permissions'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readProject } from '../projects/projects.service.ts'
import { listTroubles } from './deliveries.queries.ts'
import { maskPhone, phoneContext } from './phone.service.ts'
import {
  deleteMute,
  findTold,
  insertMute,
  listMuting,
  lockTold,
  type ToldPerson,
  updateSettings,
} from './settings.queries.ts'

/** Every kind a role can get, on every channel, as chosen or by default. */
export function allChoices(role: Role, choices: Choices): Choice[] {
  return kindsFor(role).flatMap((kind) =>
    channels.map((channel) => ({ kind, channel, on: wants(choices, kind, channel) })),
  )
}

/** Only what differs from the catalogue. */
export function deviations(list: readonly Choice[]): Choices {
  const choices: Partial<Record<NotificationKind, Partial<Record<Choice['channel'], boolean>>>> = {}
  for (const { kind, channel, on } of list)
    if (notificationCatalogue[kind].on.includes(channel) !== on) choices[kind] = { ...choices[kind], [channel]: on }
  return choices
}

export async function getPreferences(
  tx: TenantTx,
  crypto: Crypto,
  pushKey: string | null,
  actor: UserActor,
): Promise<PreferencesView> {
  const person = (await findTold(tx, actor.userId)) ?? notFound('user')
  return {
    choices: allChoices(person.role, person.choices),
    quietHours: person.quietHours,
    digest: person.digest,
    mentionsPassMute: person.mentionsPassMute,
    timeZone: person.timeZone,
    phone: phoneOf(crypto, person),
    pushKey,
    troubles: await listTroubles(tx, actor.userId),
    version: person.version,
  }
}

export function phoneOf(crypto: Crypto, person: ToldPerson) {
  if (!person.phoneCipher) return null
  const number = maskPhone(crypto.decrypt(person.phoneCipher, phoneContext))
  return { number, confirmed: person.phoneConfirmedAt !== null }
}

/** Puts a person's choices in place of those before. */
export async function replacePreferences(
  tx: TenantTx,
  actor: UserActor,
  input: PreferencesInput,
  expected: number | null,
): Promise<void> {
  const before = (await lockTold(tx, actor.userId)) ?? notFound('user')
  assertVersion(before.version, expected)
  const { quietHours, digest, mentionsPassMute } = input
  const after = { choices: deviations(input.choices), quietHours, digest, mentionsPassMute }
  await updateSettings(tx, actor.userId, after)
  await recordAudit(tx, actor, 'notification:preferences:changed', {
    entity: 'user',
    id: actor.userId,
    changes: changesBetween({ ...before }, after),
  })
}

export async function getMute(tx: TenantTx, actor: UserActor, projectId: string): Promise<boolean> {
  await readProject(tx, actor, projectId)
  return (await listMuting(tx, projectId, [actor.userId])).length > 0
}

/** Mutes a project for one person, or takes that back. Doing it again changes nothing. */
export async function setMute(tx: TenantTx, actor: UserActor, projectId: string, muted: boolean): Promise<void> {
  await readProject(tx, actor, projectId)
  const change = muted ? insertMute : deleteMute
  if (!(await change(tx, actor.userId, projectId))) return
  await recordAudit(tx, actor, muted ? 'project:muted' : 'project:unmuted', { entity: 'project', id: projectId })
}
