import Fastify, { type FastifyServerOptions, LogController, type RouteOptions } from 'fastify'
import { serializerCompiler, strictSerializerCompiler, validatorCompiler } from './plugins/schemas.ts'
import { closeInTime } from './core/close-in-time.ts'
import { newId } from './core/ids.ts'
import { access } from './plugins/access.ts'
import { auth } from './plugins/auth.ts'
import { deprecation } from './plugins/deprecation.ts'
import { earlyFaults } from './plugins/early-faults.ts'
import { errors } from './plugins/errors.ts'
import { fieldSelection } from './plugins/field-selection.ts'
import { localUploads } from './plugins/local-uploads.ts'
import { metrics } from './plugins/metrics.ts'
import { openApi } from './plugins/openapi.ts'
import { rateLimit } from './plugins/rate-limit.ts'
import { realtime, webSockets } from './plugins/realtime.ts'
import { requestLog } from './plugins/request-log.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { spa } from './plugins/spa.ts'
import { tenancy } from './plugins/tenancy.ts'
import type { App, Deps } from './plugins/types.ts'
import { assetRoutes } from './modules/assets/assets.routes.ts'
import { spriteRoutes } from './modules/assets/sprites.routes.ts'
import { fileRoutes } from './modules/assets/files.routes.ts'
import { resumableRoutes } from './modules/assets/resumable.routes.ts'
import { uploadRoutes } from './modules/assets/uploads.routes.ts'
import { attachmentRoutes } from './modules/attachments/attachments.routes.ts'
import { auditRoutes } from './modules/audit/audit.routes.ts'
import { commentRoutes } from './modules/comments/comments.routes.ts'
import { accountRoutes } from './modules/accounts/accounts.routes.ts'
import { accountInvitationRoutes } from './modules/accounts/invitations.routes.ts'
import { accountMemberRoutes } from './modules/accounts/members.routes.ts'
import { activityRoutes } from './modules/activity/activity.routes.ts'
import { apiKeyRoutes } from './modules/api-keys/api-keys.routes.ts'
import { serviceAccountRoutes } from './modules/api-keys/service-accounts.routes.ts'
import { authRoutes } from './modules/auth/auth.routes.ts'
import { credentialRoutes } from './modules/auth/credentials.routes.ts'
import { passkeyRoutes } from './modules/auth/passkeys.routes.ts'
import { passkeySignInRoutes } from './modules/auth/passkey-sign-in.routes.ts'
import { secondFactorRoutes } from './modules/auth/second-factor.routes.ts'
import { domainRoutes } from './modules/domains/domains.routes.ts'
import { dashboardRoutes } from './modules/dashboard/dashboard.routes.ts'
import { figureRoutes } from './modules/dashboard/figures.routes.ts'
import { healthRoutes } from './modules/health/health.routes.ts'
import { orderRoutes } from './modules/orders/orders.routes.ts'
import { trackingRoutes } from './modules/orders/tracking.routes.ts'
import { downloadRoutes } from './modules/downloads/downloads.routes.ts'
import { deliveryRoutes } from './modules/notifications/delivery.routes.ts'
import { notificationRoutes } from './modules/notifications/notifications.routes.ts'
import { preferenceRoutes } from './modules/notifications/preferences.routes.ts'
import { pushRoutes } from './modules/notifications/push.routes.ts'
import { unsubscribeRoutes } from './modules/notifications/unsubscribe.routes.ts'
import { logoRoutes } from './modules/organizations/logo.routes.ts'
import { organizationRoutes } from './modules/organizations/organizations.routes.ts'
import { foundingRoutes } from './modules/platform/founding.routes.ts'
import { platformRoutes } from './modules/platform/platform.routes.ts'
import { buildRoutes } from './modules/builds/builds.routes.ts'
import { profileRoutes } from './modules/profiles/profiles.routes.ts'
import { projectDetailsRoutes } from './modules/project-details/project-details.routes.ts'
import { projectRoutes } from './modules/projects/projects.routes.ts'
import { projectFileRoutes } from './modules/project-files/project-files.routes.ts'
import { projectSetRoutes } from './modules/projects/project-sets.routes.ts'
import { projectViewRoutes } from './modules/project-views/project-views.routes.ts'
import { searchRoutes } from './modules/search/search.routes.ts'
import { projectImportRoutes } from './modules/project-imports/project-imports.routes.ts'
import { messageRoutes } from './modules/messages/messages.routes.ts'
import { reviewRoutes } from './modules/reviews/reviews.routes.ts'
import { analyticsRoutes } from './modules/urls/analytics.routes.ts'
import { urlRoutes } from './modules/urls/urls.routes.ts'
import { peopleRoutes } from './modules/people/people.routes.ts'
import { permissionRoutes } from './modules/permissions/permissions.routes.ts'
import { roleRoutes } from './modules/permissions/roles.routes.ts'
import { identityRoutes } from './modules/sso/identities.routes.ts'
import { oidcRoutes } from './modules/sso/oidc.routes.ts'
import { providerRoutes } from './modules/sso/providers.routes.ts'
import { samlRoutes } from './modules/sso/saml.routes.ts'
import { ssoRoutes } from './modules/sso/sso.routes.ts'
import { guestLinkRoutes } from './modules/guest-links/guest-links.routes.ts'
import { openReviewRoutes } from './modules/guest-links/open-review.routes.ts'
import { projectInviteRoutes } from './modules/project-invites/project-invites.routes.ts'
import { inviteRoutes } from './modules/users/invites.routes.ts'
import { userRoutes } from './modules/users/users.routes.ts'

export interface AppOptions {
  logger?: FastifyServerOptions['logger']
  loggerInstance?: FastifyServerOptions['loggerInstance']
  /** Checks every reply against its schema in full; for tests, since it costs more than the reply itself. */
  strictReplies?: boolean
  /** Hears of every route as it is registered: for the walk over all of them. */
  onRoute?: (route: RouteOptions) => void
}

/** The whole API, ready to listen or to be injected into: plugins in order, then every module by name. */
export async function buildApp(deps: Deps, { strictReplies, onRoute, ...options }: AppOptions = {}): Promise<App> {
  const app = Fastify({
    ...options,
    trustProxy: deps.config.trustProxy,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    requestTimeout: 300_000,
    ...earlyFaults(deps.config),
    requestIdHeader: false,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 400, caseSensitive: true },
  }) as unknown as App
  closeInTime(app)
  app.decorate('deps', deps)
  if (onRoute) app.addHook('onRoute', onRoute)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(strictReplies ? strictSerializerCompiler : serializerCompiler)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  await app.register(errors)
  await app.register(webSockets)
  await app.register(requestLog)
  await app.register(securityHeaders)
  await app.register(deprecation)
  await app.register(fieldSelection)
  await app.register(auth)
  await app.register(rateLimit)
  await app.register(access)
  await app.register(tenancy)
  await app.register(openApi)
  await app.register(metrics)
  await app.register(healthRoutes)
  await app.register(apiV1, { prefix: '/api/v1' })
  await app.register(spa)
  return app
}

async function apiV1(app: App): Promise<void> {
  await app.register(localUploads)
  await app.register(realtime)
  await app.register(authRoutes)
  await app.register(credentialRoutes)
  await app.register(secondFactorRoutes)
  await app.register(passkeyRoutes)
  await app.register(passkeySignInRoutes)
  await app.register(ssoRoutes)
  await app.register(oidcRoutes)
  await app.register(samlRoutes)
  await app.register(providerRoutes)
  await app.register(identityRoutes)
  await app.register(activityRoutes)
  await app.register(notificationRoutes)
  await app.register(preferenceRoutes)
  await app.register(pushRoutes)
  await app.register(deliveryRoutes)
  await app.register(unsubscribeRoutes)
  await app.register(organizationRoutes)
  await app.register(logoRoutes)
  await app.register(foundingRoutes)
  await app.register(platformRoutes)
  await app.register(userRoutes)
  await app.register(inviteRoutes)
  await app.register(accountRoutes)
  await app.register(accountMemberRoutes)
  await app.register(accountInvitationRoutes)
  await app.register(peopleRoutes)
  await app.register(profileRoutes)
  await app.register(apiKeyRoutes)
  await app.register(serviceAccountRoutes)
  await app.register(permissionRoutes)
  await app.register(roleRoutes)
  await app.register(dashboardRoutes)
  await app.register(figureRoutes)
  await app.register(orderRoutes)
  await app.register(trackingRoutes)
  await app.register(projectRoutes)
  await app.register(projectSetRoutes)
  await app.register(projectViewRoutes)
  await app.register(projectFileRoutes)
  await app.register(projectImportRoutes)
  await app.register(searchRoutes)
  await app.register(assetRoutes)
  await app.register(uploadRoutes)
  await app.register(resumableRoutes)
  await app.register(spriteRoutes)
  await app.register(fileRoutes)
  await app.register(buildRoutes)
  await app.register(reviewRoutes)
  await app.register(attachmentRoutes)
  await app.register(commentRoutes)
  await app.register(downloadRoutes)
  await app.register(messageRoutes)
  await app.register(projectInviteRoutes)
  await app.register(guestLinkRoutes)
  await app.register(openReviewRoutes)
  await app.register(urlRoutes)
  await app.register(analyticsRoutes)
  await app.register(domainRoutes)
  await app.register(projectDetailsRoutes)
  await app.register(auditRoutes)
}
