import {
  createProfileInput,
  listProfilesQuery,
  profileList,
  profileView,
  updateProfileInput,
} from '@sparkle/shared/profiles'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { changeProfile, createProfile, getProfile, listProfileViews } from './profiles.service.ts'

const tags = ['Profiles']

/** What is known of artists and pets beyond one project. */
export async function profileRoutes(app: App): Promise<void> {
  app.get(
    '/profiles',
    {
      config: { access: 'profiles:read' },
      schema: {
        operationId: 'listProfiles',
        summary: 'Profiles of artists and pets',
        description: 'A customer finds the own pets only.',
        tags,
        querystring: listProfilesQuery,
        response: { 200: profileList },
      },
    },
    (req) => req.inTenant((tx) => listProfileViews(tx, req.actor, req.query)),
  )

  app.post(
    '/profiles',
    {
      config: { access: 'profiles:update' },
      schema: {
        operationId: 'createProfile',
        summary: 'Add a profile of a member or a pet',
        tags,
        body: createProfileInput,
        response: { 201: profileView },
      },
    },
    async (req, reply) => {
      const profile = await req.inTenant((tx) => createProfile(tx, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/profiles/${profile.id}`).send(profile)
    },
  )

  app.get(
    '/profiles/:id',
    {
      config: { access: 'profiles:read' },
      schema: {
        operationId: 'getProfile',
        summary: 'One profile',
        tags,
        params: idParams,
        response: { 200: profileView },
      },
    },
    (req) => req.inTenant((tx) => getProfile(tx, req.actor, req.params.id)),
  )

  app.patch(
    '/profiles/:id',
    {
      config: { access: 'profiles:update' },
      schema: {
        operationId: 'updateProfile',
        summary: 'Change a profile',
        description: 'Artists change their own and those of pets.',
        tags,
        params: idParams,
        body: updateProfileInput,
        response: { 200: profileView },
      },
    },
    (req) => req.inTenant((tx) => changeProfile(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )
}
