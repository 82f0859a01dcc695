const secret = 'its reply or its cookies hold a secret, which is never kept'
const question = 'it changes nothing, or only makes a challenge that serves once'
const settled = 'the state itself answers a second try: refused as done already, or without effect'

const because = (reason: string, ...routes: string[]) =>
  routes.map((route) => [`POST /api/v1${route}`, reason] as const)

/** The closed list of posts that do not honour `Idempotency-Key`, with the reasons. */
export const unkeptPosts: ReadonlyMap<string, string> = new Map([
  ...because(
    secret,
    '/auth/login',
    '/auth/refresh',
    '/auth/switch',
    '/auth/reset-password',
    '/auth/passkey',
    '/auth/sso/complete',
    '/auth/saml/:providerId/acs',
    '/public/invites/:token/accept',
    '/me/password',
    '/me/second-factor',
    '/me/second-factor/confirm',
    '/me/second-factor/recovery-codes',
    '/api-keys',
    '/projects/:id/guest-links',
    '/public/reviews/:token',
    '/versions/:id/downloads',
    '/projects/:id/deliveries',
  ),
  ...because(
    question,
    '/auth/passkey/options',
    '/auth/step-up/passkey/options',
    '/auth/reset-password/check',
    '/auth/sso/discover',
    '/me/passkeys/options',
    '/audit/:id/restore/preview',
    '/identity-providers/:id/test',
  ),
  ...because(
    settled,
    '/auth/logout',
    '/auth/step-up',
    '/auth/step-up/passkey',
    '/auth/forgot-password',
    '/auth/confirm-email',
    '/me/passkeys',
    '/me/email-change',
    '/me/email-change/resend',
    '/me/phone/confirm',
    '/public/unsubscribe/:token',
    '/organizations',
    '/platform/organizations/:id/suspend',
    '/platform/organizations/:id/unsuspend',
    '/platform/organizations/:id/act-as',
    '/platform/act-as/leave',
  ),
])
