import { organizationView, updateOrganizationInput } from '@sparkle/shared/organizations'
import type { App } from '../../plugins/types.ts'
import { changeOrganization, getOrganization } from './organizations.service.ts'

const tags = ['Studio']

/** The studio somebody is working in. */
export async function organizationRoutes(app: App): Promise<void> {
  const { publicOrigin } = app.deps.config

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
        summary: 'Change name, tagline, accent, time zone, language or the rule of approval',
        tags,
        body: updateOrganizationInput,
        response: { 200: organizationView },
      },
    },
    (req) => req.inTenant((tx) => changeOrganization(tx, publicOrigin, req.actor, req.body, req.ifMatch)),
  )
}
