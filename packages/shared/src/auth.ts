import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { roles } from './permissions.ts'
import { actingView } from './platform.ts'
import { email, id, locale, password, personName, text, time, timeZone, version } from './text.ts'

/**
 * A cookie that scripts can read and that proves nothing: whether asking who is signed in is worth a request. Without it
 * every visitor of the sign-in page would begin with two refusals.
 */
export const signedInCookie = 'sc_in'

export const loginInput = z
  .object({
    email: text(254, 3),
    password: text(200, 1),
    totp: text(24).optional().meta({ description: 'A code of the app, or a recovery code.' }),
  })
  .meta({ id: 'LoginInput' })

export const profileView = z
  .object({
    id,
    email: z.string(),
    emailConfirmed: z.boolean(),
    pendingEmail: z
      .string()
      .nullable()
      .meta({ description: 'The address that takes its place once its mailbox has answered.' }),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    timeZone: z.string(),
    locale: z.string(),
    version,
  })
  .meta({ id: 'Profile' })
export type ProfileView = z.infer<typeof profileView>

export const tokenView = z
  .object({
    accessToken: z.string(),
    expiresIn: z.int().meta({ description: 'Seconds.' }),
    user: profileView,
  })
  .meta({ id: 'Token' })
export const refreshInput = z.object({ refreshToken: text(200).optional() }).meta({ id: 'RefreshInput' })
export const switchInput = z.object({ organizationId: id }).meta({ id: 'SwitchInput' })

export const rightsView = z.object({
  permissions: z.array(z.string()),
  grants: z.array(
    z.object({
      id,
      effect: z.enum(['allow', 'deny']),
      permission: z.string(),
      projectId: id.nullable(),
      assetId: id.nullable(),
      expiresAt: time.nullable(),
    }),
  ),
  scopes: z.array(z.string()).nullable(),
})

export const membershipView = z.object({ organizationId: id, slug: z.string(), name: z.string(), role: z.enum(roles) })
export const meView = z
  .object({
    user: profileView,
    organization: z.object({ id, slug: z.string(), name: z.string() }).nullable(),
    role: z.enum(roles).nullable(),
    accountId: id.nullable(),
    customRole: z.object({ id, name: z.string() }).nullable(),
    permissions: z.array(z.string()).meta({ description: 'What you may do in this studio, by name.' }),
    rights: rightsView.meta({ description: 'What that follows from; rules for single records come on top.' }),
    memberships: z.array(membershipView),
    viaProvider: z
      .boolean()
      .meta({ description: "Whether the studio's own provider signed me in: for this studio only." }),
    isSuperAdmin: z.boolean(),
    actingAs: actingView
      .nullable()
      .meta({ description: 'Somebody of the platform at work in a studio, with the reason given for it.' }),
    readOnlyUntil: time
      .nullable()
      .meta({ description: 'The studio is being deleted: until then it can only be read.' }),
  })
  .meta({ id: 'Me' })
export type MeView = z.infer<typeof meView>

export const updateProfileInput = z
  .object({
    displayName: personName(120),
    timeZone,
    locale,
  })
  .partial()
  .meta({ id: 'UpdateProfileInput' })
export type UpdateProfileInput = z.infer<typeof updateProfileInput>

export const sessionView = z
  .object({
    id,
    current: z.boolean(),
    userAgent: z.string(),
    address: z.string(),
    createdAt: time,
    lastUsedAt: time,
    expiresAt: time,
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof sessionView>
export const sessionList = wholeListOf(sessionView)

export const inviteParams = z.object({ token: text(120, 20) })
/** `revoked`: withdrawn, or sent again since, which makes a new link. */
export const inviteStates = ['open', 'expired', 'revoked', 'used'] as const
export type InviteState = (typeof inviteStates)[number]
/** Whether the reader is signed in, and as whom: `invited` needs no password to accept. */
export const inviteReaders = ['nobody', 'invited', 'somebody_else'] as const

export const inviteView = z
  .object({
    state: z.enum([...inviteStates, 'member']).meta({
      description: '`member`: open, and no use to this person, who belongs to the studio already or did once.',
    }),
    studioName: z.string(),
    email: z.string().meta({ description: 'Masked: its owner knows it by that.', examples: ['n•••@example.test'] }),
    role: z.enum(roles),
    inviterName: z.string().nullable(),
    project: z
      .object({ id, petName: z.string() })
      .nullable()
      .meta({ description: 'What they were invited to look at, while the invitation is open.' }),
    expiresAt: time,
    existingUser: z.boolean(),
    reader: z.enum(inviteReaders),
  })
  .meta({ id: 'Invite' })
export const acceptInviteInput = z
  .object({
    name: personName(120).optional().meta({ description: 'Of somebody new.' }),
    displayName: personName(120)
      .optional()
      .meta({ description: 'The same as `name`, which comes first.', deprecated: true }),
    password: text(72).optional().meta({
      description: 'Chosen by somebody new; the one they have of somebody known, unless they are signed in.',
    }),
    totp: text(24).optional(),
  })
  .meta({ id: 'AcceptInviteInput' })
export const acceptedInviteView = tokenView
  .extend({ projectId: id.nullable().meta({ description: 'The project they were invited to.' }) })
  .meta({ id: 'AcceptedInvite' })

export const forgotPasswordInput = z.object({ email }).meta({ id: 'ForgotPasswordInput' })
/** The secret part of a link in a mail. The SPA keeps it behind `#`, where no server's log sees it. */
export const linkInput = z.object({ token: text(200, 1) }).meta({ id: 'LinkInput' })
export const resetView = z.object({ email: z.string() }).meta({ id: 'PasswordReset' })
export const resetPasswordInput = linkInput.extend({ password }).meta({ id: 'ResetPasswordInput' })
export const confirmedEmailView = z.object({ email: z.string() }).meta({ id: 'ConfirmedEmail' })
export const changePasswordInput = z
  .object({ currentPassword: text(200, 1), password })
  .meta({ id: 'ChangePasswordInput' })
export const changeEmailInput = z.object({ email, currentPassword: text(200, 1) }).meta({ id: 'ChangeEmailInput' })

/** The least score of a new password, of 0 to 4: more than a million guesses (zxcvbn). */
export const leastPasswordScore = 2

/** Six digits of the app, or a recovery code. */
export const totpInput = z.object({ totp: text(24, 1) }).meta({ id: 'TotpInput' })
export const secondFactorView = z
  .object({ enabledAt: time.nullable(), recoveryCodesLeft: z.int() })
  .meta({ id: 'SecondFactor' })
export const enrolmentView = z
  .object({ secret: z.string().meta({ description: 'Base32, to be typed.' }), uri: z.string() })
  .meta({ id: 'SecondFactorEnrolment' })
export const recoveryCodesView = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })
