import { z } from 'zod'
import {
  changeEmailInput,
  changePasswordInput,
  confirmedEmailView,
  forgotPasswordInput,
  linkInput,
  profileView,
  resetPasswordInput,
  resetView,
} from '@sparkle/shared/auth'
import { AppError, invalid, notFound } from '../../core/app-error.ts'
import { asPerson, asSelf } from '../../core/as-person.ts'
import { findCredentials, findPerson } from '../../db/system.ts'
import type { App } from '../../plugins/types.ts'
import { accountOf } from './auth.service.ts'
import { signedIn } from '../../core/signed-in.ts'
import { askForEmailChange, cancelEmailChange, resendConfirmation, takeConfirmation } from './email-change.service.ts'
import { askForReset, changePassword, checkReset, resetPassword } from './password-change.service.ts'
import { hashPassword, verifyPassword } from './passwords.service.ts'
import { signDevice } from './throttle.service.ts'

const tags = ['Sign-in']
const byLink = { max: 30, windowSeconds: 60, by: 'address' } as const
const asking = { max: 5, windowSeconds: 60, by: 'address' } as const
const own = { max: 10, windowSeconds: 60 } as const
/** Mails that anybody can have sent to an address they know. */
const mailsPerQuarter = 3

/** Password and e-mail: changing them, and the links of the mails that prove a mailbox. */
export async function credentialRoutes(app: App): Promise<void> {
  const { limits } = app
  const { db, crypto } = app.deps

  app.post(
    '/auth/forgot-password',
    {
      config: { access: 'public', limit: asking, idempotent: false },
      schema: {
        operationId: 'forgotPassword',
        summary: 'Ask for a link to choose a new password',
        description: 'Answers the same, and as fast, whether or not anybody signs in with this address.',
        tags,
        body: forgotPasswordInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { email } = request.body
      const { count } = await limits.count(`reset:${crypto.blindIndex(email, 'users.email')}`, 900)
      if (count <= mailsPerQuarter) await askForReset({ db, crypto }, email)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/auth/reset-password/check',
    {
      config: { access: 'public', limit: byLink, idempotent: false },
      schema: {
        operationId: 'checkPasswordReset',
        summary: 'Whether a link for a new password is still good',
        description: '410 `reset.expired` after 30 minutes, 410 `reset.used` once it was used.',
        tags,
        body: linkInput,
        response: { 200: resetView },
      },
    },
    async (request) => {
      const { email } = await checkReset({ db, crypto }, request.body.token)
      return { email }
    },
  )

  app.post(
    '/auth/reset-password',
    {
      config: { access: 'public', limit: byLink, idempotent: false },
      schema: {
        operationId: 'resetPassword',
        summary: 'Choose a new password by the link of a mail',
        description: 'Works once. Ends every session of the person.',
        tags,
        body: resetPasswordInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const reset = await checkReset({ db, crypto }, request.body.token)
      const hash = await hashPassword(request.body.password, [reset.email])
      await resetPassword({ db, crypto }, reset, hash, request.origin)
      reply.forgetSession()
      // The mailbox has answered for this browser: it may sign in however much the account is guessed at.
      reply.rememberDevice(signDevice(crypto, accountOf(crypto, reset.email)))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/auth/confirm-email',
    {
      config: { access: 'public', limit: byLink, idempotent: false },
      schema: {
        operationId: 'confirmEmail',
        summary: 'Confirm an address by the link of a mail',
        description: 'Asking again is no fault. 410 `confirmation.expired` after 24 hours.',
        tags,
        body: linkInput,
        response: { 200: confirmedEmailView },
      },
    },
    async (request) => ({ email: await takeConfirmation({ db, crypto }, request.body.token, request.origin) }),
  )

  /** The person's credentials, once they have proven to know the password. */
  async function provePassword(userId: string, password: string) {
    const person = (await findPerson(db, userId)) ?? notFound('user')
    const credentials = await findCredentials(db, person.emailIndex)
    if (!credentials || credentials.userId !== userId)
      throw new AppError('conflict', 'auth.password_changed', 'Your sign-in was changed elsewhere at the same time.')
    if (!(await verifyPassword(password, credentials.passwordHash)))
      invalid('auth.wrong_password', 'This is not your present password.', 'currentPassword')
    return person
  }

  app.post(
    '/me/password',
    {
      config: { access: 'signed-in', ownSignIn: true, limit: own, idempotent: false },
      schema: {
        operationId: 'changePassword',
        summary: 'Change my password',
        description: 'All other sessions end.',
        tags,
        body: changePasswordInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      const { passwordVersion, emailCipher } = await provePassword(actor.userId, request.body.currentPassword)
      const about = [crypto.decrypt(emailCipher, 'users.email'), actor.displayName]
      const hash = await hashPassword(request.body.password, about)
      await asSelf(db, actor, (tx, note) => changePassword(tx, note, actor, passwordVersion, hash))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/me/email-change',
    {
      config: { access: 'signed-in', ownSignIn: true, limit: own, idempotent: false },
      schema: {
        operationId: 'changeEmail',
        summary: 'Ask to sign in with another address',
        description: 'It takes effect when the link in the mail to the new address is opened; the old one is told.',
        tags,
        body: changeEmailInput,
        response: { 200: profileView },
      },
    },
    async (request) => {
      const actor = signedIn(request)
      const { email, currentPassword } = request.body
      await provePassword(actor.userId, currentPassword)
      return asSelf(db, actor, (tx, note) => askForEmailChange(tx, note, crypto, actor.userId, email))
    },
  )

  app.post(
    '/me/email-change/resend',
    {
      config: { access: 'signed-in', limit: { max: 3, windowSeconds: 300 }, idempotent: false },
      schema: {
        operationId: 'resendEmailConfirmation',
        summary: 'Send the link that confirms my address again',
        tags,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId } = signedIn(request)
      await asPerson(db, userId, (tx) => resendConfirmation(tx, userId))
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/me/email-change',
    {
      config: { access: 'signed-in', ownSignIn: true },
      schema: {
        operationId: 'cancelEmailChange',
        summary: 'Keep my present address after all',
        tags,
        response: { 200: profileView },
      },
    },
    async (request) => {
      const actor = signedIn(request)
      return asSelf(db, actor, (tx, note) => cancelEmailChange(tx, note, crypto, actor.userId))
    },
  )
}
