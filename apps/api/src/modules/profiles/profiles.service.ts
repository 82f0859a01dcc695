import {
  artistExtra,
  type CreateProfileInput,
  type ListProfilesQuery,
  petExtra,
  type ProfileView,
  type UpdateProfileInput,
} from '@sparkle/shared/profiles'
import { isAccountRole } from '@sparkle/shared/permissions'
import { isClient, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findAccount } from '../accounts/accounts.queries.ts'
import { findActiveMember, updateProject } from '../projects/projects.queries.ts'
import { openProject } from '../projects/projects.service.ts'
import {
  countProfiles,
  findProfile,
  insertProfile,
  listProfiles,
  lockProfile,
  type ProfileRow,
  projectsOf,
  updateProfile,
} from './profiles.queries.ts'

function toView({ profile, displayName }: ProfileRow, projectIds: string[]): ProfileView {
  const { id, createdAt, updatedAt, version, userId } = profile
  const base = { id, createdAt, updatedAt, version }
  if (profile.kind === 'artist' && userId) {
    const { bio, skills, weeklyHours } = profile
    const extra = artistExtra.parse(profile.extra)
    return { ...base, kind: 'artist', userId, name: displayName ?? '', bio, skills, weeklyHours, extra }
  }
  const { accountId, name, species, breed, birthday, traits, favourites, markings } = profile
  const pet = { accountId, name, species, breed, birthday, traits, favourites, markings, projectIds }
  return { ...base, kind: 'pet', ...pet, extra: petExtra.parse(profile.extra) }
}

/** Customers see the pets of their own account and nothing of the team. */
const onlyOf = (actor: UserActor) => (isClient(actor) ? (actor.accountId ?? actor.userId) : undefined)

export async function listProfileViews(tx: TenantTx, actor: UserActor, { include, ...query }: ListProfilesQuery) {
  const filter = { ...query, only: onlyOf(actor) }
  const { rows, nextCursor } = await listProfiles(tx, filter)
  const linked = await projectsOf(
    tx,
    rows.map(({ profile }) => profile.id),
  )
  const total = asksFor(include, 'total') ? await countProfiles(tx, filter) : undefined
  const items = rows.map((row) => toView(row, linked.get(row.profile.id) ?? []))
  return { items, nextCursor, ...(total !== undefined && { total }) }
}

export async function getProfile(tx: TenantTx, actor: UserActor, id: string): Promise<ProfileView> {
  const row = (await findProfile(tx, id)) ?? notFound('profile')
  const only = onlyOf(actor)
  if (only && row.profile.accountId !== only) notFound('profile')
  return toView(row, (await projectsOf(tx, [id])).get(id) ?? [])
}

/** Artists keep their own profile; those of others are kept by whoever may give them work. */
function assertOwn(actor: UserActor, userId: string): void {
  if (actor.role === 'artist' && userId !== actor.userId)
    forbidden('profile.not_own', 'This is the profile of somebody else.')
}

/** A profile of a member who has none, or of a pet: of a project, of an account, or for itself. */
export async function createProfile(tx: TenantTx, actor: UserActor, input: CreateProfileInput): Promise<ProfileView> {
  const id = newId()
  if (input.kind === 'artist') {
    assertOwn(actor, input.userId)
    const member = await findActiveMember(tx, input.userId)
    if (!member || isAccountRole(member.role))
      invalid('profile.no_artist', 'Only an active member of the studio has such a profile.', 'body.userId')
    if (!(await insertProfile(tx, { id, ...input })))
      conflict('profile.exists', 'This person has a profile. Change that one.')
  } else await createPet(tx, actor, id, input)
  await tellSaved(tx, actor, id)
  return getProfile(tx, actor, id)
}

async function createPet(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  { projectId, accountId, ...pet }: Extract<CreateProfileInput, { kind: 'pet' }>,
): Promise<void> {
  const project = projectId ? await openProject(tx, actor, projectId) : undefined
  const owner = accountId ?? project?.accountId ?? null
  if (owner && !(await findAccount(tx, owner)))
    invalid('profile.no_account', 'There is no such client.', 'body.accountId')
  const name = pet.name ?? project?.petName ?? invalid('profile.name_needed', 'Give the pet a name.', 'body.name')
  const known = project ? { breed: project.petBreed, traits: project.petPersonality } : {}
  await insertProfile(tx, { id, ...known, ...pet, name, accountId: owner })
  if (project) {
    await updateProject(tx, project.id, { petProfileId: id })
    await recordAudit(tx, actor, 'project:updated', {
      entity: 'project',
      id: project.id,
      changes: { petProfileId: id },
    })
  }
}

export async function changeProfile(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  { kind, ...changes }: UpdateProfileInput,
  expected: number | null,
): Promise<ProfileView> {
  const profile = (await lockProfile(tx, id)) ?? notFound('profile')
  if (profile.userId) assertOwn(actor, profile.userId)
  assertVersion(profile.version, expected)
  if (profile.kind !== kind)
    invalid('profile.other_kind', `This is the profile of another kind: ${profile.kind}.`, 'body.kind')
  await updateProfile(tx, id, changes)
  await tellSaved(tx, actor, id)
  return getProfile(tx, actor, id)
}

async function tellSaved(tx: TenantTx, actor: UserActor, id: string): Promise<void> {
  const { profile, displayName } = (await findProfile(tx, id)) ?? notFound('profile')
  const what = profile.kind === 'artist' ? 'user:profile:saved' : 'account:pet:saved'
  await recordAudit(tx, actor, what, { entity: 'profile', id })
  await emit(tx, actor, what, { data: { profileId: id, userId: profile.userId, userName: displayName } })
}
