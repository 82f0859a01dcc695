import {
  deleteOrganizationInput,
  organizationParams,
  organizationView,
  ownOrganizationList,
  updateOrganizationInput,
} from '@sparkle/shared/organizations'
import { notFound } from '../../core/app-error.ts'
import type { UserActor } from '../../core/actor.ts'
import { listOwnOrganizations } from '../../db/system-studios.ts'
import type { App } from '../../plugins/types.ts'
import { signedIn } from '../../core/signed-in.ts'
import { askForDeletion, takeDeletionBack } from './deletion.service.ts'
import { changeOrganization, getOrganization } from './organizations.service.ts'

const tags = ['Studio']

/** The studios of a person, and the settings of the one they are working in. */
export async function organizationRoutes(app: App): Promise<void> {
  const { db, config } = app.deps
  const { publicOrigin } = config

  app.get(
    '/organizations',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listMyStudios',
        summary: 'The studios you work in',
        tags,
        response: { 200: ownOrganizationList },
      },
    },
    async (req) => {
      const { userId, organizationId } = signedIn(req)
      const own = await listOwnOrganizations(db, userId)
      const items = own.map((one) => ({ ...one, current: one.id === organizationId }))
      return { items, nextCursor: null, mayFound: config.openStudios }
    },
  )

  app.get(
    '/organizations/current',
    {
      config: { access: 'studio:read' },
      schema: {
        operationId: 'getCurrentStudio',
        summary: 'The studio you work in',
        tags,
        response: { 200: organizationView },
      },
    },
    (req) => req.inTenant((tx) => getOrganization(tx, publicOrigin)),
  )

  app.patch(
    '/organizations/current',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'updateCurrentStudio',
        summary: 'Change name, address, branding, order page, time zone, language or the rule of approval',
        tags,
        body: updateOrganizationInput,
        response: { 200: organizationView },
      },
    },
    (req) => req.inTenant((tx) => changeOrganization(tx, publicOrigin, req.actor, req.body, req.ifMatch)),
  )

  app.get(
    '/organizations/:id',
    {
      config: { access: 'studio:read' },
      schema: {
        operationId: 'getStudio',
        summary: 'The studio you work in, by its id',
        description: 'Another one, also one of yours, is a 404: switch to it first.',
        tags,
        params: organizationParams,
        response: { 200: organizationView },
      },
    },
    (req) => {
      assertHere(req.actor, req.params.id)
      return req.inTenant((tx) => getOrganization(tx, publicOrigin))
    },
  )

  app.patch(
    '/organizations/:id',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'updateStudio',
        summary: 'Change the studio you work in',
        tags,
        params: organizationParams,
        body: updateOrganizationInput,
        response: { 200: organizationView },
      },
    },
    (req) => {
      assertHere(req.actor, req.params.id)
      return req.inTenant((tx) => changeOrganization(tx, publicOrigin, req.actor, req.body, req.ifMatch))
    },
  )

  app.post(
    '/organizations/:id/deletion',
    {
      config: { access: 'studio:delete', stepUp: true },
      schema: {
        operationId: 'deleteStudio',
        summary: 'Delete the studio after 30 days',
        description:
          'Until then it can only be read, everybody in it is told, and an admin can take it back. Afterwards all of it is erased; its games answer 410.',
        tags,
        params: organizationParams,
        body: deleteOrganizationInput,
        response: { 200: organizationView },
      },
    },
    (req) => {
      assertHere(req.actor, req.params.id)
      return req.inTenant((tx) => askForDeletion(tx, publicOrigin, req.actor, req.body.slug))
    },
  )

  app.delete(
    '/organizations/:id/deletion',
    {
      config: { access: 'studio:delete', stepUp: true, whileDeleting: true },
      schema: {
        operationId: 'keepStudio',
        summary: 'Take the deletion of the studio back',
        tags,
        params: organizationParams,
        response: { 200: organizationView },
      },
    },
    (req) => {
      assertHere(req.actor, req.params.id)
      return req.inTenant((tx) => takeDeletionBack(tx, publicOrigin, req.actor, req.ifMatch))
    },
  )
}

function assertHere(actor: UserActor, organizationId: string): void {
  if (organizationId !== actor.organizationId) notFound('organization')
}
