import { z } from 'zod'
import { listOf, pageQuery } from './lists.ts'
import { date, id, name, text, time, version } from './text.ts'

export const profileKinds = ['artist', 'pet'] as const
export type ProfileKind = (typeof profileKinds)[number]

const few = (length: number) => z.array(name(length)).max(20)

/** What a kind of profile has beside its columns. Unknown keys are refused, so that nothing grows unnoticed. */
export const artistExtra = z.strictObject({
  portfolioUrl: z.union([z.literal(''), text(300).pipe(z.url({ protocol: /^https$/ }))]).optional(),
  pronouns: text(40).optional(),
})
export const petExtra = z.strictObject({
  likesToEat: text(200).optional(),
  bestFriend: text(120).optional(),
  favouritePlace: text(200).optional(),
})
export type ProfileExtra = z.infer<typeof artistExtra> | z.infer<typeof petExtra>

const base = { id, createdAt: time, updatedAt: time, version }
export const artistProfileView = z
  .object({
    ...base,
    kind: z.literal('artist'),
    userId: id,
    name: z.string(),
    bio: z.string(),
    skills: z.array(z.string()),
    weeklyHours: z.number().nullable().meta({ description: 'Hours a week there are for projects.' }),
    extra: artistExtra,
  })
  .meta({ id: 'ArtistProfile' })
export const petProfileView = z
  .object({
    ...base,
    kind: z.literal('pet'),
    accountId: id.nullable(),
    name: z.string(),
    species: z.string(),
    breed: z.string(),
    birthday: date.nullable(),
    traits: z.string(),
    favourites: z.array(z.string()),
    markings: z.string(),
    projectIds: z.array(id),
    extra: petExtra,
  })
  .meta({ id: 'PetProfile' })
export type ArtistProfile = z.infer<typeof artistProfileView>
export type PetProfile = z.infer<typeof petProfileView>
export const profileView = z.discriminatedUnion('kind', [artistProfileView, petProfileView]).meta({ id: 'Profile' })
export type ProfileView = z.infer<typeof profileView>
export const profileList = listOf(profileView)
export const listProfilesQuery = pageQuery.extend({
  sort: z.enum(['-createdAt', 'createdAt']).default('-createdAt'),
  kind: z.enum(profileKinds).optional(),
  accountId: id.optional(),
  projectId: id.optional(),
  userId: id.optional(),
  q: text(80).optional(),
})
export type ListProfilesQuery = z.infer<typeof listProfilesQuery>

const artistFields = {
  bio: text(2000),
  skills: few(40),
  weeklyHours: z.number().min(0).max(80).multipleOf(0.5).nullable(),
  extra: artistExtra,
}
const petFields = {
  name: name(60),
  species: text(40),
  breed: text(80),
  birthday: date.nullable(),
  traits: text(1000),
  favourites: few(80),
  markings: text(500),
  extra: petExtra,
}
export const createProfileInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('artist'), userId: id, ...z.object(artistFields).partial().shape }),
    z.object({
      kind: z.literal('pet'),
      accountId: id.optional(),
      projectId: id.optional().meta({ description: 'Takes over what the project says of its pet, and links the two.' }),
      ...z.object(petFields).partial().shape,
    }),
  ])
  .meta({ id: 'CreateProfileInput' })
export type CreateProfileInput = z.infer<typeof createProfileInput>
export const updateProfileInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('artist'), ...z.object(artistFields).partial().shape }),
    z.object({ kind: z.literal('pet'), ...z.object(petFields).partial().shape }),
  ])
  .meta({ id: 'UpdateProfileInput' })
export type UpdateProfileInput = z.infer<typeof updateProfileInput>
